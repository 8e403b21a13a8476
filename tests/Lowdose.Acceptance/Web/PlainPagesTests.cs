namespace Lowdose.Acceptance.Web;

/// <summary>Every page a patient reads is at school grade 6 or below (Flesch and Kincaid), wherever the answers led.</summary>
[Collection(nameof(FrontDoor))]
public sealed class PlainPagesTests(FrontDoor door)
{
    private const double Most = 6;

    [Theory]
    [InlineData("/"), InlineData("/screen"), InlineData("/prepare"), InlineData("/red-flags"), InlineData("/ask"), InlineData("/resources"), InlineData("/mechanism"), InlineData("/known"), InlineData("/beside"), InlineData("/search")]
    public async Task A_page_reads_at_the_sixth_grade(string address)
    {
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync(address);
        (await CareLooks.Grade(visit)).ShouldBeInRange(-2, Most, await visit.Sentence);
    }

    [Theory]
    [InlineData("codeine"), InlineData("codeine, 2020-01-01\nlevothyroxine\nimodium"), InlineData("fentanyl patch\ntramadol\nblorbozine"), InlineData("")]
    public async Task Findings_read_at_the_sixth_grade(string medicines)
    {
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync("/screen");
        await visit.Page.FillAsync("#medicines", medicines);
        await visit.Page.FillAsync("#conditions", "hashimoto\nliver disease\npregnancy");
        await visit.Page.FillAsync("#surgery-date", "2031-01-01");
        await visit.Page.ClickAsync("form[action='/screen'] button[type=submit]");
        (await CareLooks.Grade(visit)).ShouldBeInRange(-2, Most, await visit.Sentence);
    }

    [Theory]
    [InlineData("50", "50", "0.5\n4.5"), InlineData("50", "50", "0.01\n1.5")]
    public async Task A_mixing_card_reads_at_the_sixth_grade(string tablet, string volume, string doses)
    {
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync("/prepare");
        await visit.Page.FillAsync("#tablet", tablet);
        await visit.Page.FillAsync("#volume", volume);
        await visit.Page.FillAsync("#doses", doses);
        await visit.Page.ClickAsync("form[action='/prepare'] button[type=submit]");
        (await CareLooks.Grade(visit)).ShouldBeInRange(-2, Most, await visit.Sentence);
    }
}
