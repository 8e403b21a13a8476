namespace Lowdose.Science.Tests.Pharmacology.Language;

/// <summary>Every slip is told with its place and what to do.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("Y = A + Bb", "100:9 there is no Bb; did you mean B?")]
    [InlineData("Y = a", "100:5 there is no a; did you mean A?")]
    [InlineData("Y = quux", "100:5 there is no quux; declare it as a parameter or a compartment, or compute it above")]
    [InlineData("Y = (A + B", "100:5 a parenthesis is opened and never closed; write ) where it ends")]
    [InlineData("Y = exp(A", "100:8 a parenthesis is opened and never closed; write ) where it ends")]
    [InlineData("Y = A + B)", "100:10 a parenthesis is closed that was never opened;")]
    [InlineData("Y = A / 0", "100:7 here is a division by 0;")]
    [InlineData("Y = A / (2 - 2)", "100:7 here is a division by 0;")]
    [InlineData("Y = 0 ^ -1", "100:7 0 to a negative power is a division by 0;")]
    [InlineData("Y = log(0)", "100:5 here is the logarithm of a number that is not above 0;")]
    [InlineData("Y = Y + 1", "100:5 Y is computed from itself;")]
    [InlineData("Y = Z\nZ = A", "100:5 Z is computed only in line 101; move that line above this one")]
    [InlineData("Y = A\nY = B", "101:1 the name Y is used already in line 100;")]
    [InlineData("A = B", "100:1 the name A is used already in line 1;")]
    [InlineData("x = B", "100:1 the name x is used already in line 50; choose another name; capitals do not tell names apart")]
    [InlineData("t = B", "100:1 t has a meaning of its own;")]
    [InlineData("Y = 2 A", "100:7 \"A\" follows without a sign;")]
    [InlineData("Y = A B", "100:7 \"B\" follows without a sign;")]
    [InlineData("Y = A +", "100:8 the formula ends too early;")]
    [InlineData("Y =", "100:4 there is nothing after the =;")]
    [InlineData("Y", "100:2 there is no = after Y, and here is the end of the line;")]
    [InlineData("2 = A", "100:1 a line begins with a name, and here is \"2\";")]
    [InlineData("Y = A = B", "100:7 a second = in one line;")]
    [InlineData("Y = A < B", "100:7 a comparison stands where none may;")]
    [InlineData("Y = sin(A)", "100:5 there is no function sin; did you mean min?")]
    [InlineData("Y = log10(A)", "100:5 there is no function log10;")]
    [InlineData("Y = exp(A, B)", "100:5 exp has 2 arguments and takes 1;")]
    [InlineData("Y = max(A)", "100:5 max has 1 argument and takes 2;")]
    [InlineData("Y = where(A, B, C)", "100:12 where needs a comparison, and here is \",\";")]
    [InlineData("Y = where(A < B, C)", "100:19 where has three parts, and here is \")\";")]
    [InlineData("Y = exp", "100:5 exp is a function; write exp( ) with its arguments")]
    [InlineData("Y = A $ B", "100:7 \"$\" means nothing here;")]
    [InlineData("Y = 1.2.3", "100:5 \"1.2.3\" is not a number;")]
    [InlineData("Y = 2[mg", "100:6 a unit is opened with [ and never closed;")]
    [InlineData("Y = A[mg]", "100:7 a unit stands where none may;")]
    [InlineData("Y = 2[mgg]", "100:7 there is no unit mgg; did you mean mg?")]
    [InlineData("d(Y)/dt = 1", "100:3 there is no compartment Y; did you mean X?")]
    [InlineData("d(X)/ds = 1", "100:6 \"ds\" stands where dt belongs;")]
    [InlineData("d(X) = 1", "100:6 a rate is written d(NAME)/dt, and here is \"=\";")]
    [InlineData("d(X)/dt = 1", "101:3 X has its rate already in line 100;")]
    public void A_slip_is_told_with_line_column_and_what_to_do(string equations, string fault)
    {
        var all = Written.Faults("A\nB\nC", "X", equations + "\nd(X)/dt = 0");
        all.ShouldContain(f => f.StartsWith(fault, StringComparison.Ordinal), string.Join('\n', all));
    }

    [Fact]
    public void A_compartment_without_a_rate_is_told_where_it_is_declared() =>
        Written.Faults("A", "X\nDEEP", "d(X)/dt = 0").ShouldBe(["51:1 the compartment DEEP has no rate; write d(DEEP)/dt = ... among the equations; 0 where nothing changes"]);

    [Fact]
    public void A_model_without_a_compartment_is_told() => Written.Faults("A", "", "Y = 1").Single().ShouldContain("the model has no compartment");

    [Fact]
    public void Every_line_has_its_own_fault_and_one_slip_is_one_fault() =>
        Written.Faults("A\nB", "X", "Y = A + Q\nZ = Y * 2\nd(X)/dt = Z +").Select(f => f.Split(' ')[0]).ShouldBe(["100:9", "102:14"]);

    [Fact]
    public void Formulas_without_end_are_refused_and_do_no_harm()
    {
        Written.Faults("A", "X", "Y = " + new string('(', 1500)).First().ShouldContain("nested more than 100 deep");
        Written.Faults("A", "X", "Y = " + new string('-', 1500) + "A").First().ShouldContain("signs in a row");
        Written.Faults("A", "X", "Y = " + string.Join('+', Enumerable.Repeat("A", 50_000))).First().ShouldContain("more than 2000 signs");
        Written.Faults("A", "X", string.Join('\n', Enumerable.Range(0, 501).Select(i => $"Y{i} = A"))).Single().ShouldContain("501 equations");
        Written.Faults("A", "X", "Y = 2[" + new string('(', 5000) + "]").First().ShouldContain("too long");
    }

    [Fact]
    public void No_string_of_signs_brings_the_reader_down()
    {
        var random = new Random(20261122);
        string[] words = ["A", "X", "Y", "d(X)/dt", "=", "+", "-", "*", "/", "^", "(", ")", ",", "<", ">=", "where(", "exp(", "[mg]", "[", "]", "1", "1e", ".", "2.5", "#", "t", "é", "\0", "min(", " "];
        for (var i = 0; i < 20_000; i++)
        {
            var line = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)]));
            foreach (var fault in Written.Faults("A: mg\nB", "X: mg", "Y = " + line + "\nd(X)/dt = 0"))
            {
                fault.ShouldContain("; ");
                int.Parse(fault.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(50, 101, line);
            }
        }
    }
}
