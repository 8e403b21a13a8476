using System.Globalization;
using System.Text;
using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Exchange;
using NodaTime;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>What a diary file may look like and still be read.</summary>
public class GoodDiaryTests
{
    private static CourseDiary Read(string text, DiaryFormat? format = null)
    {
        var reading = DiaryCsv.Read(Encoding.UTF8.GetBytes(text), format ?? new());
        reading.Refusal.ShouldBeNull();
        return reading.Diary!;
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Any_line_end_will_do(string end) =>
        Read(string.Join(end, "date,dose_mg,pain", "2026-01-01,0,5", "2026-01-03,1.5,6")).Days.Select(d => d.Score).ShouldBe([5, null, 6]);

    [Fact]
    public void A_byte_order_mark_is_not_part_of_the_first_name() => Read("\uFEFFday,dose_mg,pain\n1,0,5\n").Days.Count.ShouldBe(1);

    [Fact]
    public void Rows_may_come_in_any_order()
    {
        var rows = Enumerable.Range(1, 60).Select(d => $"{d},{(d > 20 ? "4.5" : d % 7 == 0 ? "" : "0")},{d % 8}").ToArray();
        var straight = Read("day,dose_mg,pain\n" + string.Join('\n', rows));
        var shuffled = Read("day,dose_mg,pain\n" + string.Join('\n', rows.OrderBy(r => r.GetHashCode(StringComparison.Ordinal) ^ 77)));
        shuffled.Days.ShouldBe(straight.Days);
        shuffled.Doses.ShouldBe(straight.Doses);
    }

    [Fact]
    public void Quoted_fields_may_hold_delimiters_quotes_and_lines()
    {
        var diary = Read("date,dose_mg,pain,event\n2026-01-01,0,5,\"flu, \"\"man\"\"\nflu\"\n\"2026-01-02\",\"0\",\"6\",\n");
        diary.Days[0].Event.ShouldBe("flu, \"man\"\nflu");
        diary.Days[1].Score.ShouldBe(6);
        diary.FirstDate.ShouldBe(new LocalDate(2026, 1, 1));
    }

    [Fact]
    public void Columns_are_renamed_and_further_ones_ignored()
    {
        var diary = Read("When;Took;Sore;block;note;weather\n3;4,5;5,5;2;cold;rain\n", new DiaryFormat
        {
            Delimiter = ';', DecimalMark = ',', DayColumn = "When", DoseColumn = "Took", Outcome = new("Sore"), PeriodColumn = "block", EventColumn = "note",
        });
        var day = diary.Days.ShouldHaveSingleItem();
        (day.Score, day.Dose!.Value.Milligrams, day.Period, day.Event).ShouldBe((5.5, 4.5, 2, "cold"));
        diary.NameOf(1).ShouldBe("day 3");
    }

    [Fact]
    public void Blank_lines_and_the_empty_rows_of_a_spreadsheet_are_nothing() =>
        Read("day,dose_mg,pain\n\n1,0,5\n,,\n  \n2,0,6,,\n").Days.Count.ShouldBe(2);

    [Fact]
    public void One_person_of_several_is_read_when_named()
    {
        const string two = "person,day,dose_mg,pain\nAda,1,0,5\nBen,1,0,off the scale\nAda,2,0,6\n";
        Read(two, new DiaryFormat { Person = "Ada" }).Days.Select(d => d.Score).ShouldBe([5, 6]);
    }

    [Fact]
    public void A_person_who_is_not_there_is_refused() =>
        DiaryCsv.Read("person,day,dose_mg,pain\nAda,1,0,5\n"u8.ToArray(), new DiaryFormat { Person = "Cy" }).Refusal!.Do.ShouldContain("--person");

    [Theory]
    [InlineData("day,dose_mg,pain\n1,0,5\n", "one day")]
    [InlineData("day,dose_mg,pain\n1,0,5\n2,0,6\n3,0,4\n", "no drug day")]
    [InlineData("day,dose_mg,pain\n1,1.5,5\n2,1.5,6\n3,1.5,4\n", "only drug days")]
    public void Too_little_is_too_early_and_not_an_error(string text, string what)
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.Run("verdict", folder.File("d.csv", text), "--json");
        run.ExitCode.ShouldBe(0, what);
        run.Error.ShouldBeEmpty();
        JsonDocument.Parse(run.Output).RootElement.GetProperty("verdict").GetString().ShouldBe("too-early", what);
    }

    [Fact]
    public void Five_thousand_days_are_judged()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder("day,dose_mg,pain\n");
        for (var day = 1; day <= 5000; day++)
            text.Append(CultureInfo.InvariantCulture, $"{day},{(day / 500 % 2 == 0 ? 0 : 4.5)},{4 + day * 31 % 5}\n");
        var run = LowdoseProcess.Run("verdict", folder.File("long.csv", text.ToString()), "--json");
        run.ExitCode.ShouldBe(0);
        JsonDocument.Parse(run.Output).RootElement.GetProperty("days").GetInt32().ShouldBe(5000);
    }
}
