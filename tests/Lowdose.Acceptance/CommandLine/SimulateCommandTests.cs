using System.Globalization;

namespace Lowdose.Acceptance.CommandLine;

/// <summary><c>lowdose simulate</c>, as an outside program meets it.</summary>
public class SimulateCommandTests
{
    private static (string[] Header, string[][] Rows, string Error) Table(params string[] arguments)
    {
        var run = LowdoseProcess.Run(["simulate", .. arguments]);
        run.ExitCode.ShouldBe(0, run.Error);
        return Read(run.Output, run.Error);
    }

    private static (string[] Header, string[][] Rows, string Error) Read(string csv, string error)
    {
        var lines = csv.TrimEnd('\n').Split('\n');
        return (lines[0].Split(','), [.. lines.Skip(1).Select(l => l.Split(','))], error);
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [Fact]
    public void An_event_file_makes_the_closed_form_of_one_compartment_at_the_hours_of_the_grid()
    {
        using var folder = new TemporaryFolder();
        var events = folder.File("events.csv", "id,Time,evid,amt,cmt\nA,0,1,100,1\nB,0,1,50,2\n");
        var to = Path.Combine(folder.Path, "out.csv");
        LowdoseProcess.Run("simulate", "--model", "pk1", "--param", "CL=2", "--param", "KA=1.5", "--events", events, "--grid", "0:24:0.1", "--out", to).ExitCode.ShouldBe(0);
        var (header, rows, _) = Read(File.ReadAllText(to), "");
        header.ShouldBe(["ID", "TIME", "DEPOT", "CENT", "CP"]);
        rows.Length.ShouldBe(2 * 241);
        rows[3][1].ShouldBe("0.3");
        (rows[0][4], rows[0][2], rows[241][0], Number(rows[241][4])).ShouldBe(("0", "100", "B", 2.5));
        foreach (var row in rows)
        {
            var (t, k) = (Number(row[1]), 0.1);
            var expected = row[0] == "A" ? 100 * 1.5 / 20 / (1.5 - k) * (Math.Exp(-k * t) - Math.Exp(-1.5 * t)) : 2.5 * Math.Exp(-k * t);
            Number(row[4]).ShouldBe(expected, 1e-11);
        }
    }

    [Fact]
    public void A_dose_every_day_stands_for_an_event_file_and_what_was_run_is_said_beside()
    {
        using var folder = new TemporaryFolder();
        var (header, rows, error) = Table("--model", "naltrexone", "--dose", "4.5mg", "--every", "24h", "--days", "28", "--grid", "0:672:1");
        header.ShouldBe(["ID", "TIME", "DEPOT", "NC", "NP", "MC", "MP", "EFFECT", "NTX", "NTXOL", "OCC_SLOW", "OCC_PLASMA", "OCC_PARENT"]);
        rows.Length.ShouldBe(673);
        foreach (var words in (string[])["model naltrexone 1", "seed 1", "CL=94 L/h (A)"]) error.ShouldContain(words);
        var same = Table("--model", "naltrexone", "--events", folder.File("e.csv", "ID,TIME,AMT,II,ADDL\n1,0,4.5,24,27\n"), "--grid", "0:672:1");
        same.Rows.Select(r => string.Join(',', r)).ShouldBe(rows.Select(r => string.Join(',', r)));
        // A night's dose is in its own row: 4.5 mg of 5.6 for a half, on top of 27 nights before.
        var x = 4.5 / 5.6 * Enumerable.Range(0, 28).Sum(n => Math.Pow(2, -24.0 * n / 37));
        Number(rows[27 * 24][10]).ShouldBe(x / (1 + x), 1e-12);
        Table("--model", "naltrexone", "--dose", "4500micrograms", "--every", "1d", "--days", "28", "--grid", "0:672:1").Rows[100].ShouldBe(rows[100]);
    }

    [Fact]
    public void Presets_words_and_further_columns_set_parameters()
    {
        using var folder = new TemporaryFolder();
        double Ntx(params string[] more) => Number(Table(["--model", "naltrexone", "--grid", "0:4:4", .. more]).Rows[1][8]);
        var usual = Ntx("--dose", "50mg");
        (Ntx("--dose", "50mg", "--preset", "bertolotti") / usual).ShouldBe(4, 1e-9);
        (Ntx("--dose", "50mg", "--param", "liver=severe") / usual).ShouldBe(8, 1e-9);
        (Ntx("--dose", "50mg", "--preset", "bertolotti", "--param", "F=0.1") / usual).ShouldBe(2, 1e-9);
        (Ntx("--events", folder.File("a.csv", "TIME,AMT,liver\n0,50,severe\n")) / usual).ShouldBe(8, 1e-9);
        (Ntx("--events", folder.File("b.csv", "TIME,AMT,F\n0,50,.\n")) / usual).ShouldBe(1);
        LowdoseProcess.Run("simulate", "--model", "pk1", "--events", folder.File("c.csv", "TIME,AMT,DV\n0,50,3\n"), "--grid", "0:1:1").Error.ShouldContain("left alone");
    }

    [Fact]
    public void A_population_is_the_same_for_the_same_seed_and_any_threads_and_person_2_stays_who_she_is()
    {
        string[] ask = ["--model", "naltrexone", "--dose", "4.5mg", "--grid", "0:24:6"];
        var ten = Table([.. ask, "--population", "10", "--seed", "7"]);
        ten.Rows.Select(r => r[0]).Distinct().ShouldBe(Enumerable.Range(1, 10).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        ten.Rows.Where(r => r[1] == "6").Select(r => r[8]).Distinct().Count().ShouldBe(10);
        ten.Error.ShouldContain("seed 7");
        Table([.. ask, "--population", "10", "--seed", "7", "--threads", "1"]).Rows.SelectMany(r => r).ShouldBe(ten.Rows.SelectMany(r => r));
        Table([.. ask, "--population", "2", "--seed", "7"]).Rows.SelectMany(r => r).ShouldBe(ten.Rows.Take(10).SelectMany(r => r));
        Table([.. ask, "--population", "2", "--seed", "8"]).Rows[1].ShouldNotBe(ten.Rows[1]);
    }

    [Fact]
    public void A_model_of_ones_own_runs_from_a_file()
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("decay.yaml", "parameters:\n  K: {value: 6, unit: 1/d}\ncompartments:\n  X: {unit: mg}\nequations: |\n  d(X)/dt = -K * X\noutputs:\n  HALF: {unit: ug, is: X / 2}\n");
        var (header, rows, error) = Table("--model", model, "--dose", "2mg", "--grid", "0:4:4");
        header.ShouldBe(["ID", "TIME", "X", "HALF"]);
        Number(rows[1][2]).ShouldBe(2 * Math.Exp(-1), 1e-14);
        Number(rows[1][3]).ShouldBe(1000 * Math.Exp(-1), 1e-11);
        error.ShouldContain("model decay 1");
    }

    [Fact]
    public void An_output_that_divides_by_nothing_is_told_with_whom_and_when()
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("m.yaml", "parameters: {K: 1}\ncompartments: {X: {}}\nequations: d(X)/dt = -K * X\noutputs:\n  R: {is: 1 / X}\n");
        var run = LowdoseProcess.Run("simulate", "--model", model, "--events", folder.File("e.csv", "TIME,AMT\n1,2\n"), "--grid", "0:1:1");
        run.ExitCode.ShouldBe(3);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("subject 1 at 0 h: R is infinite; look for a division by zero");
    }

    [Theory]
    [InlineData("ID,TIME,EVID,AMT,CMT\n1,0,1,-5,1\n", 2, "-5")]
    [InlineData("ID,TIME,EVID,AMT,CMT\n1,0,1,5,9\n", 2, "compartment")]
    [InlineData("ID,TIME,EVID,AMT,CMT\n1,0,1,5,LIVER\n", 2, "there is no compartment LIVER")]
    [InlineData("ID,TIME,EVID,AMT\n1,5,1,5\n1,3,1,5\n", 3, "3 h")]
    [InlineData("ID,TIME,EVID,AMT,SS\n1,0,1,5,1\n", 2, "II")]
    [InlineData("ID,TIME,EVID,AMT\n1,0,7,5\n", 2, "7")]
    [InlineData("ID,TIME,EVID,AMT\n1,zero,1,5\n", 2, "TIME \"zero\" is not a number")]
    [InlineData("ID,TIME,EVID,AMT\n1,10:30,1,5\n", 2, "write hours")]
    [InlineData("ID,TIME,EVID,AMT\n1,NaN,1,5\n", 2, "is not a number")]
    [InlineData("ID,TIME,EVID,AMT\n1,,1,5\n", 2, "TIME is empty")]
    [InlineData("ID,TIME,EVID,AMT\n1,0,1.5,5\n", 2, "EVID \"1.5\" is not a whole number")]
    [InlineData("ID,TIME,EVID,AMT\n1,0,1\n", 2, "3 fields where the header has 4")]
    [InlineData("ID,EVID,AMT\n1,1,5\n", 1, "there is no column TIME")]
    [InlineData("TIME,AMT,time\n1,1,5\n", 1, "twice")]
    [InlineData("ID;TIME;AMT\n1;0;5\n", 1, "separated by \";\"")]
    [InlineData("TIME,AMT\n", 1, "there is no record")]
    [InlineData("", 1, "the file is empty")]
    [InlineData("TIME,AMT\n0,\"5\n", 2, "never closed")]
    [InlineData("TIME,AMT,CL\n0,5,fast\n", 2, "CL \"fast\" is not a number")]
    public void A_bad_event_exits_3_naming_file_and_line(string text, int line, string words)
    {
        using var folder = new TemporaryFolder();
        var (events, to) = (folder.File("events.csv", text), Path.Combine(folder.Path, "out.csv"));
        var run = LowdoseProcess.Run("simulate", "--model", "pk1", "--events", events, "--grid", "0:24:1", "--out", to);
        run.ExitCode.ShouldBe(3, run.Error);
        run.Output.ShouldBeEmpty();
        File.Exists(to).ShouldBeFalse();
        run.Error.ShouldStartWith($"lowdose: {events}:{line}: ");
        run.Error.ShouldContain(words);
        run.Error.ShouldContain("; ");
    }

    [Theory]
    [InlineData("compartments: {X: {}}\nequations: d(X)/dt = -K * X\n", 2, "column 23: there is no K")]
    [InlineData("parameters: {K: 1}\ncompartments: {X: {}}\nequations: |\n  Y = K +\n  d(X)/dt = -K * X\n", 4, "column 10: the formula ends too early")]
    [InlineData("parameters: {K: 1}\ncompartments: {X: {}}\nrates:\n  X: -K * XX\n", 4, "column 11: there is no XX; did you mean X?")]
    [InlineData("parameters: {K: {value: 1, unit: 1/hour}}\ncompartments: {X: {}}\nequations: d(X)/dt = -K * X\n", 1, "there is no unit hour")]
    [InlineData("parameters: {K: {value: one}}\n", 1, "the value of K is not a number")]
    [InlineData("parameter: {K: 1}\n", 1, "a model has no key parameter")]
    [InlineData("compartments: {X: {}}\nequations: >\n  d(X)/dt = 1\n", 2, "write equations: | instead of >")]
    [InlineData("extends: nothing\n", 1, "there is no model nothing of ours")]
    [InlineData("a: [1, 2\n", 2, "not YAML")]
    [InlineData("- a\n", 1, "one list of keys")]
    [InlineData("name: &a x\n", 1, "no & and * references")]
    [InlineData("name: [[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]\n", 1, "nested too deep")]
    [InlineData("", 1, "one list of keys")]
    public void A_bad_model_exits_3_naming_file_line_and_column(string text, int line, string words)
    {
        using var folder = new TemporaryFolder();
        var model = folder.File("model.yaml", text);
        var run = LowdoseProcess.Run("simulate", "--model", model, "--dose", "1mg");
        run.ExitCode.ShouldBe(3, run.Error);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain(words);
        run.Error.ShouldStartWith($"lowdose: {model}:{line}: ");
    }

    [Theory]
    [InlineData("--model naltrexone", "nothing says what was given")]
    [InlineData("--model naltrexone --dose 4.5mg --events x.csv", "both say")]
    [InlineData("--model naltrexone --dose 4.5", "is not a dose in mg")]
    [InlineData("--model naltrexone --dose 4.5mL", "is not a dose in mg")]
    [InlineData("--model naltrexone --dose 4,5mg", "is not a dose in mg")]
    [InlineData("--model naltrexone --dose 4.5mg --every 24", "not a time between doses")]
    [InlineData("--model naltrexone --dose 4.5mg --every 0h", "not a time between doses")]
    [InlineData("--model naltrexone --dose 4.5mg --days 0", "not a number of days")]
    [InlineData("--model naltrexone --dose 4.5mg --grid 0:24", "not a grid")]
    [InlineData("--model naltrexone --dose 4.5mg --grid 0:24:0", "step")]
    [InlineData("--model naltrexone --dose 4.5mg --grid 24:0:1", "ends before it begins")]
    [InlineData("--model naltrexone --dose 4.5mg --grid 0:1e9:1", "not a number of hours")]
    [InlineData("--model naltrexone --dose 4.5mg --grid 0:9000000:0.0001", "10000000 points")]
    [InlineData("--model naltrexone --dose 4.5mg --rtol 0", "not a tolerance")]
    [InlineData("--model naltrexone --dose 4.5mg --population 0", "not a number of people")]
    [InlineData("--model naltrexone --dose 4.5mg --seed -1", "not a seed")]
    [InlineData("--model naltrexone --dose 4.5mg --param CLL=3", "no parameter CLL")]
    [InlineData("--model naltrexone --dose 4.5mg --param CL", "sets nothing")]
    [InlineData("--model naltrexone --dose 4.5mg --param CL=fast", "write a number with a decimal point and no unit (in L/h)")]
    [InlineData("--model naltrexone --dose 4.5mg --param LIVER=bad", "one of none, compensated, severe")]
    [InlineData("--model naltrexone --dose 4.5mg --param CL=1 --param cl=2", "twice")]
    [InlineData("--model naltrexone --dose 4.5mg --preset smith", "give one of meyer, bertolotti")]
    [InlineData("--model pk1 --dose 4.5mg --population 3", "does not say how people differ")]
    [InlineData("--model pk1 --dose 1 --out no/such/folder/x.csv", "folder")]
    [InlineData("--model pk1 --dose 1 --steps 3", "steps")]
    public void A_wrong_command_line_exits_2_and_says_what_to_do(string line, string words)
    {
        var run = LowdoseProcess.Run(["simulate", .. line.Split(' ')]);
        run.ExitCode.ShouldBe(2, run.Error);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain(words);
        run.Error.TrimEnd().ShouldContain("; ");
    }

    [Fact]
    public void A_model_that_is_not_there_exits_3_and_names_ours()
    {
        var run = LowdoseProcess.Run("simulate", "--model", "naltrexon", "--dose", "4.5mg");
        run.ExitCode.ShouldBe(3);
        run.Error.ShouldStartWith("lowdose: naltrexon:1: there is no such file, and no model of that name; check the path, or name one of pk1, pk2, naltrexone");
    }

    [Fact]
    public void The_help_states_the_contract()
    {
        var help = LowdoseProcess.Run("simulate", "--help");
        help.ExitCode.ShouldBe(0);
        foreach (var words in (string[])["--events", "--grid", "--population", "ID,TIME,EVID,AMT,CMT,RATE,II,ADDL,SS", "OCC_*", "Exit codes"]) help.Output.ShouldContain(words);
    }
}
