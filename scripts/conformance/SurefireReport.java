import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;

/**
 * Reads a JUnit file with the parser of Maven's Surefire report, and prints what it understood: one line a case, its
 * result, class and name with a tab between.
 *
 * <p>Usage: java -cp surefire-report-parser.jar:surefire-logger-api.jar:maven-shared-utils.jar SurefireReport.java FILE
 */
public class SurefireReport {
  public static void main(String[] arguments) throws Exception {
    var parser = new TestSuiteXmlParser(new NullConsoleLogger());
    try (var reader =
        new InputStreamReader(Files.newInputStream(Path.of(arguments[0])), StandardCharsets.UTF_8)) {
      var lines = new StringBuilder();
      for (var suite : parser.parse(reader)) {
        for (var testCase : suite.getTestCases()) {
          lines.append(result(testCase)).append('\t').append(testCase.getFullClassName()).append('\t')
              .append(testCase.getName()).append('\n');
        }
      }
      System.out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
      System.out.flush();
    }
  }

  private static String result(ReportTestCase testCase) {
    if (testCase.hasError()) return "error";
    if (testCase.hasFailure()) return "failure";
    return testCase.hasSkipped() ? "skipped" : "passed";
  }
}
