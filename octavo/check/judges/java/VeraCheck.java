import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * VeraCheck FLAVOURS A.pdf B.pdf ...: veraPDF over many files in one JVM; a JSON line for each file and flavour that it
 * finished. FLAVOURS is a comma list (ua1, 3a, ...).
 */
public class VeraCheck {
  /** How many failed checks of a rule are kept; only the first is shown. */
  static final int KEPT = 100;

  static String quote(String text) {
    if (text == null) return "null";
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') json.append('\\').append(c);
      else json.append(c < 0x20 ? ' ' : c);
    }
    return json.append('"').toString();
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    Logger.getLogger("").setLevel(Level.SEVERE);
    VeraGreenfieldFoundryProvider.initialise();
    for (int i = 1; i < arguments.length; i++) {
      for (String flavour : arguments[0].split(",")) {
        try {
          out.println(judge(arguments[i], PDFAFlavour.byFlavourId(flavour)));
        } catch (Throwable failure) {
          // veraPDF wraps what went wrong; the first cause tells more than the last sentence.
          for (Throwable cause = failure; cause != null; cause = cause.getCause())
            System.err.println(arguments[i] + ": " + cause);
        }
      }
    }
  }

  static String judge(String file, PDFAFlavour flavour) throws Exception {
    // Asked before the other parser is opened: veraPDF keeps what it reads of a file in static fields, and two parsers
    // at a time spoil each other's.
    boolean claimed = claims(file, flavour);
    try (VeraPDFFoundry foundry = Foundries.defaultInstance();
        PDFAParser parser = foundry.createParser(new File(file), flavour);
        PDFAValidator validator = foundry.createValidator(flavour, KEPT, false, true, false)) {
      ValidationResult result = validator.validate(parser);
      return "{\"file\":" + quote(file) + ",\"flavour\":" + quote(flavour.getId()) + ",\"claimed\":" + claimed
          + ",\"compliant\":" + result.isCompliant() + ",\"rules\":[" + rules(result) + "]}";
    }
  }

  /** Tell whether the metadata of a file says that it is of this flavour. */
  static boolean claims(String file, PDFAFlavour flavour) throws Exception {
    try (VeraPDFFoundry foundry = Foundries.defaultInstance();
        PDFAParser parser = foundry.createParser(new File(file))) {
      return parser.getFlavours().contains(flavour);
    }
  }

  static StringJoiner rules(ValidationResult result) {
    Map<RuleId, Integer> failed =
        new TreeMap<>(Comparator.comparing((RuleId rule) -> rule.getClause() + "/" + rule.getTestNumber()));
    failed.putAll(result.getFailedChecks());
    StringJoiner rules = new StringJoiner(",");
    for (Map.Entry<RuleId, Integer> rule : failed.entrySet()) {
      TestAssertion first = first(result, rule.getKey());
      rules.add("{\"clause\":" + quote(rule.getKey().getClause()) + ",\"test\":" + rule.getKey().getTestNumber()
          + ",\"count\":" + rule.getValue() + ",\"message\":" + quote(first == null ? null : first.getErrorMessage())
          + ",\"at\":" + quote(first == null ? null : first.getLocation().getContext()) + "}");
    }
    return rules;
  }

  static TestAssertion first(ValidationResult result, RuleId rule) {
    for (TestAssertion assertion : result.getTestAssertions())
      if (assertion.getRuleId().equals(rule) && assertion.getStatus() == TestAssertion.Status.FAILED) return assertion;
    return null;
  }
}
