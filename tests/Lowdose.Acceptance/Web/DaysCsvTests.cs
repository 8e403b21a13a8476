using Lowdose.Diary;
using Lowdose.Exchange;

namespace Lowdose.Acceptance.Web;

public class The_days_as_CSV
{
    [Fact]
    public void Are_read_again_as_the_same_diary()
    {
        var outcome = new Outcome("pain", -5, 5);
        var format = new DiaryFormat { Outcome = outcome };
        var first = DiaryCsv.Read("day,dose_mg,pain,arm,period,event\n1,0,-3,none,,=2+2\n2,,,placebo,1,\n3,4.5,-0.5,ldn,2,\"flu, mild\"\n"u8.ToArray(), format).Diary!;
        var file = DaysCsv.Of(CourseVerdict.Of(first));
        var again = DiaryCsv.Read(file, format);
        again.Refusal.ShouldBeNull();
        again.Diary!.Days.Select(d => d.Score).ShouldBe([-3, null, -0.5]);
        again.Diary.Doses.ShouldBe(first.Doses);
        again.Diary.Arms.ShouldBe(first.Arms);
        again.Diary.Days.Select(d => d.Period).ShouldBe([null, 1, 2]);
        again.Diary.Days[0].Event.ShouldBe("'=2+2");
    }
}
