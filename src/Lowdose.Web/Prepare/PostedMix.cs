using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Safety;
using Lowdose.Web.Plans;
using Lowdose.Web.Screens;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Prepare;

/// <summary>An amount that cannot be used, beside its field.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Text">What is wrong and what to write, one or two sentences.</param>
public sealed record WrongField(string Field, string Text);

/// <summary>What a person asked to mix: the answers as typed, and the card or what is wrong. It is kept nowhere but in the page.</summary>
/// <param name="Tablet">What one tablet holds, as typed.</param>
/// <param name="Volume">The finished volume, as typed.</param>
/// <param name="Doses">The doses, as typed.</param>
/// <param name="Preserved">Made with an antioxidant and a preservative.</param>
/// <param name="Cold">Kept in a refrigerator.</param>
/// <param name="Mixed">The day of mixing.</param>
/// <param name="Wrong">What cannot be used.</param>
/// <param name="Card">The card; null where something is wrong.</param>
/// <param name="Confirmed">The texts of the cautions a person said yes to.</param>
public sealed record PostedMix(string Tablet, string Volume, string Doses, bool Preserved, bool Cold, LocalDate Mixed,
    IReadOnlyList<WrongField> Wrong, MixingCard? Card, IReadOnlyList<string> Confirmed)
{
    /// <summary>The plan it was filled in from, carried along; nothing where there is none.</summary>
    public CarriedPlan Plan { get; init; } = CarriedPlan.None;

    /// <summary>The answers to the screen, carried along; null where there are none.</summary>
    public Profile? Profile { get; init; }

    /// <summary>The doses of a plan for which its first card has no room.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];

    /// <summary>The most doses on one card; it must print on one page.</summary>
    public const int MostDoses = 6;

    // These are slips that kill or harm; the others are told on the card.
    private static readonly string[] MustConfirm = ["ten-fold", "volume-over-6-ml", "strength-not-1-mg-per-ml"];

    /// <summary>An empty form.</summary>
    public static PostedMix Empty(LocalDate today) => new("", "", "", false, true, today, [], null, []);

    /// <summary>What must be said yes to before the card is shown. A change of an amount changes the text, so an old yes does not count for it.</summary>
    public IReadOnlyList<Caution> ToConfirm =>
        Card is null ? [] : [.. Card.Cautions.Where(c => MustConfirm.Contains(c.Code) && !Confirmed.Contains(c.Text))];

    /// <summary>Reads what a form holds.</summary>
    /// <param name="form">As posted.</param>
    /// <param name="today">The day of mixing where none is given.</param>
    public static PostedMix From(IFormCollection form, LocalDate today)
    {
        List<WrongField> wrong = [];
        var (tabletText, volumeText, dosesText) = (form["tablet"].ToString(), form["volume"].ToString(), form["doses"].ToString());
        // A plan may have more doses than a card has room for: the first come first, and the rest is said.
        string[] all = form.ContainsKey("fill") ? dosesText.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
        var left = all.Skip(MostDoses).ToArray();
        if (left.Length > 0) dosesText = string.Join('\n', all.Take(MostDoses));
        var mixed = today;
        if (form["mixed"].ToString() is { Length: > 0 } day)
        {
            var parsed = LocalDatePattern.Iso.Parse(day);
            if (parsed.Success && parsed.Value.Year is >= 1984 and <= 2200) mixed = parsed.Value;
            else wrong.Add(new("mixed", "This is not a day. Write it as year-month-day, like 2026-12-01."));
        }
        var tablet = TypedAmount.Tablet(tabletText, wrong);
        var volume = TypedAmount.Volume(volumeText, wrong);
        var doses = AllDoses(dosesText, tablet, wrong);
        var (preserved, cold) = (form["vehicle"] == "preserved", form["store"] != "room");
        var card = wrong.Count > 0 ? null : MixingCard.Of(new(tablet!.Value, volume!.Value), doses, preserved ? Vehicle.Preserved : Vehicle.PlainWater,
            cold ? Storage.Refrigerator : Storage.Room, Syringe.Known);
        return new(tabletText, volumeText, dosesText, preserved, cold, mixed, wrong, card, [.. form["confirmed"].OfType<string>()])
        {
            Plan = CarriedPlan.From(form), Profile = Answers.Carried(form, today)?.Profile, Left = left,
        };
    }

    private static List<Mass> AllDoses(string text, Mass? tablet, List<WrongField> wrong)
    {
        var written = text.Split(['\n', '\r', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // Numbers beside each other on a line are doses too, as long as none has a unit of its own.
        if (written is [var only] && only.All(c => char.IsAsciiDigit(c) || c is '.' or ' ')) written = only.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (written.Length == 0) written = [""];
        if (written.Length > MostDoses)
        {
            wrong.Add(new("doses", $"These are {written.Length} doses. A card has room for {MostDoses}: make another card for the rest."));
            return [];
        }
        List<Mass> doses = [];
        foreach (var one in written)
        {
            if (TypedAmount.Dose(one, "doses", wrong, tablet) is { } dose && !doses.Contains(dose)) doses.Add(dose);
        }
        return doses;
    }
}
