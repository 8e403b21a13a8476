using System.Text;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>Every way a diary file can be wrong: exit 3, the file and line, what is wrong and what to do; nothing else.</summary>
public class BadDiaryTests
{
    /// <summary>What was done, the file, the line blamed, and words the message must hold; options after a bar.</summary>
    public static TheoryData<string, string, int, string> WrongFiles => new()
    {
        { "the same day twice names both lines", "date,dose_mg,pain\n2026-01-01,0,5\n2026-01-02,0,5\n2026-01-01,0,6\n", 4, "2026-01-01|line 2" },
        { "the same numbered day twice", "day,dose_mg,pain\n1,0,5\n1,0,5\n", 3, "day 1|line 2" },
        { "a unit in the dose", "day,dose_mg,pain\n1,4.5 mg,5\n", 2, "4.5 mg|without a unit" },
        { "a unit glued to the dose", "day,dose_mg,pain\n1,4.5mg,5\n", 2, "4.5mg|without a unit" },
        { "a dose below 0", "day,dose_mg,pain\n1,-1,5\n", 2, "-1|between 0 and 1000" },
        { "a dose above 1000", "day,dose_mg,pain\n1,1000.5,5\n", 2, "1000.5|between 0 and 1000" },
        { "a dose finer than a nanogram", "day,dose_mg,pain\n1,0.0000001,5\n", 2, "nanogram" },
        { "a dose in words", "day,dose_mg,pain\n1,half,5\n", 2, "half|empty" },
        { "a score in words", "day,dose_mg,pain\n1,0,bad\n", 2, "pain|bad|empty" },
        { "a score that is NaN", "day,dose_mg,pain\n1,0,NaN\n", 2, "NaN|empty" },
        { "a score that is infinite", "day,dose_mg,pain\n1,0,1e999\n", 2, "1e999" },
        { "a score off the scale", "day,dose_mg,pain\n1,0,11\n", 2, "11|0..10|--scale" },
        { "a score below the scale", "day,dose_mg,pain\n1,0,5\n2,0,-0.5\n", 3, "-0.5|--scale" },
        { "an arm nobody knows", "day,dose_mg,pain,arm\n1,0,5,control\n", 2, "control|none, placebo or ldn" },
        { "a dose on a placebo day", "day,dose_mg,pain,arm\n1,0,5,none\n2,1.5,5,placebo\n", 3, "placebo|1.5 mg" },
        { "a dose on a day without", "day,dose_mg,pain,arm\n1,1.5,5,none\n", 2, "none|1.5 mg|ldn" },
        { "a date that is none", "date,dose_mg,pain\n2026-02-30,0,5\n", 2, "2026-02-30|year-month-day" },
        { "a date of another order", "date,dose_mg,pain\n01/02/2026,0,5\n", 2, "01/02/2026|year-month-day" },
        { "an empty date", "date,dose_mg,pain\n,0,5\n", 2, "date is empty" },
        { "day 0", "day,dose_mg,pain\n0,0,5\n", 2, "whole number from 1" },
        { "half a day", "day,dose_mg,pain\n1.5,0,5\n", 2, "1.5|whole number" },
        { "a date in the day column", "day,dose_mg,pain\n2026-01-01,0,5\n", 2, "--date-column" },
        { "both a date and a day", "date,day,dose_mg,pain\n2026-01-01,1,0,5\n", 1, "both|--date-column" },
        { "no column of days", "dose_mg,pain\n0,5\n", 1, "date|there are: dose_mg, pain|--date-column" },
        { "no column of doses", "day,dose,pain\n1,0,5\n", 1, "dose_mg|there are: day, dose, pain|--dose-column" },
        { "no column of scores", "day,dose_mg,fatigue\n1,0,5\n", 1, "pain|there are: day, dose_mg, fatigue|--outcome" },
        { "a header named twice", "day,dose_mg,pain,pain\n1,0,5,6\n", 1, "pain|twice|rename" },
        { "no header", "2026-01-01,0,5\n", 1, "no column|2026-01-01" },
        { "semicolons", "date;dose_mg;pain\n2026-01-01;0;5\n", 1, "\";\"|--delimiter \";\"|--decimal" },
        { "tabs", "date\tdose_mg\tpain\n2026-01-01\t0\t5\n", 1, "tabs|--delimiter \"tab\"" },
        { "quoted semicolons", "\"date\";\"dose_mg\";\"pain\"\n", 1, "--delimiter \";\"" },
        { "a decimal comma in quotes", "day,dose_mg,pain\n1,\"4,5\",5\n", 2, "the dose|comma|--decimal" },
        { "a decimal comma bare", "day,dose_mg,pain\n1,4,5,5\n", 2, "4 fields|3|quotes" },
        { "too few fields", "day,dose_mg,pain\n1,0,5\n2,0\n", 3, "2 fields|3" },
        { "too few fields after a note of two lines", "day,dose_mg,pain,event\n1,0,5,\"flu\nin bed\"\n2,0,5\n", 4, "3 fields|4" },
        { "too few fields after an old Mac's line ends", "day,dose_mg,pain\r1,0,5\r2,0\r", 3, "2 fields" },
        { "a quote never closed", "day,dose_mg,pain,event\n1,0,5,\n2,0,5,\"flu\n3,0,5,\n", 3, "never closed|character 7" },
        { "a quote inside a field", "day,dose_mg,pain,event\n1,0,5,a \"bad\" day\n", 2, "quote|double|character 9" },
        { "a second person", "person,day,dose_mg,pain\nAda,1,0,5\nBen,1,0,5\n", 3, "Ben|Ada|--person" },
        { "an empty file", "", 1, "empty|header" },
        { "a header only", "day,dose_mg,pain\n", 1, "no row" },
        { "blank rows only", "day,dose_mg,pain\n,,\n\n", 1, "no row" },
        { "a year mistyped", "date,dose_mg,pain\n2026-01-01,0,5\n2062-01-02,0,5\n", 3, "10,000|line 2|year" },
        { "a period that is no number", "day,dose_mg,pain,period\n1,0,5,A\n", 2, "period|whole number" },
        { "a NUL byte", "day,dose_mg,pain\n1,0,5\n2,\0,5\n", 3, "NUL|UTF-8|character 3" },
        { "41 doses", "day,dose_mg,pain\n" + string.Concat(Enumerable.Range(1, 50).Select(d => $"{d},{d},5\n")), 42, "41st|at most 40|--dose-column" },
    };

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void A_wrong_file_is_refused_with_line_and_remedy(string what, string text, int line, string words)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("diary.csv", text);
        var run = LowdoseProcess.RunIn(folder.Path, "verdict", "diary.csv", "--out", "verdict.txt");
        run.Error.ShouldStartWith($"lowdose: diary.csv:{line}: ", Case.Sensitive, what);
        run.Error.ShouldContain("; ");
        foreach (var word in words.Split('|')) run.Error.ShouldContain(word, Case.Sensitive, what);
        run.Error.TrimEnd().Split('\n').Length.ShouldBe(1, what);
        run.ExitCode.ShouldBe(3, what);
        run.Output.ShouldBeEmpty(what);
        Directory.GetFiles(folder.Path).ShouldBe([file], what);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_input_errors_too()
    {
        using var folder = new TemporaryFolder();
        var missing = LowdoseProcess.RunIn(folder.Path, "verdict", "nowhere.csv", "--json");
        missing.ShouldBe(new Outcome(3, "", "lowdose: nowhere.csv:1: there is no such file; check the path" + Environment.NewLine));
        var directory = LowdoseProcess.Run("verdict", folder.Path);
        directory.ExitCode.ShouldBe(3);
        directory.Error.ShouldContain("a folder");
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused_on_their_line()
    {
        using var folder = new TemporaryFolder();
        var latin1 = folder.File("latin1.csv", Encoding.Latin1.GetBytes("day,dose_mg,pain,event\n1,0,5,\n2,0,5,caf\u00e9\n"));
        LowdoseProcess.Run("verdict", latin1).Error.ShouldStartWith($"lowdose: {latin1}:3: there are bytes that are not UTF-8");
        var utf16 = folder.File("utf16.csv", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("day,dose_mg,pain\n1,0,5\n")]);
        LowdoseProcess.Run("verdict", utf16).Error.ShouldContain("UTF-16");
    }

    [Fact]
    public void Randomised_without_periods_is_refused()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.Run("verdict", folder.File("d.csv", "day,dose_mg,pain\n1,0,5\n"), "--randomised");
        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain("d.csv:1: ");
        run.Error.ShouldContain("--period-column");
    }

    [Fact]
    public void A_decimal_point_where_a_comma_is_promised_is_refused()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.Run("verdict", folder.File("d.csv", "day;dose_mg;pain\n1;4.5;5\n"), "--delimiter", ";", "--decimal", ",");
        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain("d.csv:2: ");
        run.Error.ShouldContain("--decimal \".\"");
    }
}
