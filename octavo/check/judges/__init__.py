"""Programs that nobody on this project wrote judge the outputs; where they are installed, each is a module here.

A judge has NAME and run(files). It returns what it has against the files that it was given, and says of every file that
it did not get to the end of that there is no verdict: one that is missing, crashes, hangs or passes a file over never
lets a file pass.
"""
