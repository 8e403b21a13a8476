using System.Runtime.CompilerServices;
using System.Text.Json;
using Lowdose.Benchmarks;

namespace Lowdose.Science.Tests.Benchmarks;

public class The_published_error_rates
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    // One cell of an open row and one of a randomised row: 112 diaries each, judged again.
    [Theory]
    [InlineData("D2", 0.0, "AR(1)", VirtualPopulation.Jump.None, 7)]
    [InlineData("D3", -1.5, "AR(1)", VirtualPopulation.Jump.None, 20)]
    public void Come_out_again_from_their_seed(string design, double effect, string noise, VirtualPopulation.Jump jump, int cell)
    {
        using var published = JsonDocument.Parse(File.ReadAllText(Page()));
        var row = new VirtualPopulation.Row(design, effect, noise, jump);
        var index = VirtualPopulation.Rows().ToList().IndexOf(row);
        var expected = published.RootElement.GetProperty("rows")[index].GetProperty("cells")[cell].Deserialize<Tally>(Json)!;
        var again = VerdictErrors.Run(row, cell, published.RootElement.GetProperty("seed").GetUInt64());
        again.Diaries.ShouldBe(expected.Diaries);
        // Another processor's exponential may move one diary across a threshold, no more.
        again.Positive.ShouldBeInRange(expected.Positive - 1, expected.Positive + 1);
        again.Negative.ShouldBeInRange(expected.Negative - 1, expected.Negative + 1);
        again.Harms.ShouldBeInRange(expected.Harms - 1, expected.Harms + 1);
        again.Covered.ShouldBeInRange(expected.Covered - 1, expected.Covered + 1);
        again.WelchWorks.ShouldBe(expected.WelchWorks);
    }

    [Fact]
    public void Rest_on_at_least_4000_diaries_a_row()
    {
        using var published = JsonDocument.Parse(File.ReadAllText(Page()));
        var rows = published.RootElement.GetProperty("rows").EnumerateArray().ToList();
        rows.Count.ShouldBe(VirtualPopulation.Rows().Count());
        rows.ShouldAllBe(r => r.GetProperty("total").GetProperty("diaries").GetInt32() >= 4000);
    }

    private static string Page([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "methods", "verdict-errors.json");
}
