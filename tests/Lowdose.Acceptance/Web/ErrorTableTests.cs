using System.Text;
using Lowdose.Web.Diaries;

namespace Lowdose.Acceptance.Web;

/// <summary>The generated table of error rates, as the verdict page reads it.</summary>
public sealed class ErrorTableTests
{
    private static string Row(string design, double effect, string jump, int probablyWorks) => $$"""
        {"design":"{{design}}","effect":{{effect.ToString(System.Globalization.CultureInfo.InvariantCulture)}},"noise":"AR(1)","jump":"{{jump}}",
         "total":{"diaries":4000,"works":0,"probablyWorks":{{probablyWorks}},"unclear":3000,"probablyDoesNotWork":100,"doesNotWork":0,"harms":4,"tooEarly":0,"welchWorks":800},"cells":[]}
        """;

    private static ErrorTable Table => ErrorTable.Read(Encoding.UTF8.GetBytes($$"""
        {"seed":7,"commit":"abc","engine":"e","machine":"m","looks":[],"rows":[{{string.Join(',',
            Row("D1", 0, "0", 40), Row("D2", 0, "0", 20), Row("D1", 0, "−0.7", 80), Row("D8", 0, "0", 4000), Row("D1", -1.5, "0 or −0.7", 400), Row("D3", 0, "0", 8))}}]}
        """));

    [Fact]
    public void Open_designs_are_taken_together_and_the_one_judged_at_another_dose_is_left_out()
    {
        var rows = Table.Of(randomised: false);
        rows.Select(r => r.Truth).ShouldBe(["none", "none, only hope (0.7)", "better by 1.5"]);
        rows[0].Tally.Diaries.ShouldBe(8000);
        rows[0].Tally.Thousand(rows[0].Tally.ProbablyWorks).ShouldBe("8");
    }

    [Fact]
    public void Randomised_designs_stand_by_themselves() =>
        Table.Of(randomised: true).ShouldHaveSingleItem().Tally.Thousand(8).ShouldBe("2");
}
