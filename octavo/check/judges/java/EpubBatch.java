import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.FeatureEnum;
import com.adobe.epubcheck.util.ReportingLevel;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** EpubBatch A.epub B.epub ...: EPUBCheck over many books in one JVM; a JSON line for each book that it finished. */
public class EpubBatch {
  static String quote(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : String.valueOf(text).toCharArray()) {
      if (c == '"' || c == '\\') json.append('\\').append(c);
      else json.append(c < 0x20 ? ' ' : c);
    }
    return json.append('"').toString();
  }

  static class Messages extends MasterReport {
    final List<String> said = new ArrayList<>();

    Messages() {
      setReportingLevel(ReportingLevel.Usage);
    }

    @Override
    public void message(Message message, EPUBLocation place, Object... arguments) {
      if (message.getSeverity() == Severity.SUPPRESSED) return;
      said.add("{\"severity\":" + quote("" + message.getSeverity()) + ",\"id\":" + quote("" + message.getID())
          + ",\"at\":" + quote(place == null ? "" : place.getPath() + ":" + place.getLine())
          + ",\"message\":" + quote(message.getMessage(arguments)) + "}");
    }

    @Override
    public void info(String resource, FeatureEnum feature, String value) {}

    @Override
    public int generate() {
      return 0;
    }

    @Override
    public void initialize() {}
  }

  public static void main(String[] files) {
    PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true,
        java.nio.charset.StandardCharsets.UTF_8);
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    for (String file : files) {
      Messages report = new Messages();
      try {
        new EpubCheck(new File(file), report).doValidate();
        out.println("{\"file\":" + quote(file) + ",\"messages\":[" + String.join(",", report.said) + "]}");
      } catch (Throwable failure) {
        System.err.println(file + ": " + failure);
      }
    }
  }
}
