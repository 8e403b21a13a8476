using System.Globalization;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>What a person does on the way from the safety questions to the mixing card, on a wide page and on a phone that asks one thing at a time.</summary>
internal static class CarePath
{
    /// <summary>A day so many days from today, as it is written here.</summary>
    public static string Day(int fromToday) => DateTime.Today.AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Answers every safety question.</summary>
    /// <param name="visit">The browser.</param>
    /// <param name="medicines">One a line; empty: nothing is taken.</param>
    /// <param name="surgery">Its day; null: none is planned.</param>
    public static async Task AnswerAll(Visit visit, string medicines, string? surgery = null)
    {
        await visit.Page.GotoAsync("/screen");
        await Shown(visit, "#medicines");
        if (medicines.Length > 0) await visit.Page.FillAsync("#medicines", medicines);
        else await visit.Page.CheckAsync("[name=medicines-none]");
        await Shown(visit, "#conditions");
        await visit.Page.CheckAsync("[name=conditions-none]");
        await Shown(visit, "#surgery");
        await visit.Page.SelectOptionAsync("#surgery", surgery is null ? "no" : "yes");
        if (surgery is not null)
        {
            await visit.Page.FillAsync("#surgery-date", surgery);
            await visit.Page.SelectOptionAsync("#surgery-opioids", "yes");
        }
        await Shown(visit, "#pregnancy");
        await visit.Page.SelectOptionAsync("#pregnancy", "no");
        await Fill(visit, "#age", "43");
        await Shown(visit, "#allergies");
        await visit.Page.CheckAsync("[name=allergies-none]");
        foreach (var (field, value) in new[] { ("#alt", "20"), ("#ast", "22"), ("#egfr", "90"), ("#labs-date", Day(-30)) }) await Fill(visit, field, value);
        await Send(visit, "See what was found");
    }

    /// <summary>The careful start as a liquid of 50 mg in 50 mL, from the day that is proposed or another.</summary>
    public static async Task PlanLiquid(Visit visit, string? start = null)
    {
        if (start is not null) await Fill(visit, "#start", start);
        await Fill(visit, "#tablet", "50");
        await Fill(visit, "#volume", "50");
        await Send(visit, "Show the plan");
    }

    /// <summary>Types into a field, going on to its question first.</summary>
    public static async Task Fill(Visit visit, string field, string value)
    {
        await Shown(visit, field);
        await visit.Page.FillAsync(field, value);
    }

    /// <summary>Goes on to the question a field belongs to.</summary>
    public static async Task Shown(Visit visit, string field)
    {
        for (var i = 0; i < 12 && !await visit.Page.Locator(field).IsVisibleAsync(); i++) await Next(visit).ClickAsync();
    }

    /// <summary>Sends the form, past the questions that are left.</summary>
    public static async Task Send(Visit visit, string button)
    {
        if (await visit.Page.Locator(".asked").CountAsync() > 0 && await visit.Page.Locator(".asked").IsVisibleAsync())
        {
            for (var i = 0; i < 12 && await Next(visit).InnerTextAsync() != button; i++) await Next(visit).ClickAsync();
            await Next(visit).ClickAsync();
        }
        else await Press(visit, button);
    }

    /// <summary>Presses a button that leads to another page; opens what it is folded into first.</summary>
    public static async Task Press(Visit visit, string button)
    {
        // Half a page may not have what the button is folded into yet.
        await visit.Page.WaitForLoadStateAsync();
        var folded = visit.Page.Locator("details:not([open])").Filter(new() { Has = visit.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true, IncludeHidden = true }) }).Locator("summary");
        if (await folded.CountAsync() > 0) await folded.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }

    /// <summary>The page's words, with plain spaces.</summary>
    public static async Task<string> Text(Visit visit, string part = "main")
    {
        await visit.Page.Locator(part).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visit.Page.WaitForLoadStateAsync();
        return (await visit.Page.Locator(part).InnerTextAsync()).Replace('\u00A0', ' ');
    }

    private static ILocator Next(Visit visit) => visit.Page.Locator(".asked button").Nth(1);
}
