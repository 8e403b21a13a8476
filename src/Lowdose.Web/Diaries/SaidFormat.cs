using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Diaries;

/// <summary>What the person said about the file, as far as they said anything; null is "guess".</summary>
public sealed record SaidFormat
{
    /// <summary>The column of dates or day numbers.</summary>
    public string? Date { get; init; }
    /// <summary>The column of doses, mg.</summary>
    public string? Dose { get; init; }
    /// <summary>The column judged.</summary>
    public string? Score { get; init; }
    /// <summary>Whose rows.</summary>
    public string? Person { get; init; }
    /// <summary>The lowest and the highest score.</summary>
    public (double Min, double Max)? Scale { get; init; }
    /// <summary>Which way is better.</summary>
    public bool? HigherIsBetter { get; init; }
    /// <summary>The smallest change that matters, score units.</summary>
    public double? MeaningfulChange { get; init; }
    /// <summary>On the first day's dose before the diary began.</summary>
    public bool AlreadyTaking { get; init; }
    /// <summary>Blocks were blinded and in random order.</summary>
    public bool Randomised { get; init; }
    /// <summary>The score is pain in fibromyalgia, and the trials are to stand beside.</summary>
    public bool Trials { get; init; }

    /// <summary>From a posted form. A "set-…" button outranks the field of its name.</summary>
    public static SaidFormat From(IFormCollection form)
    {
        string? Text(string name) => form["set-" + name] is [{ Length: > 0 } set, ..] ? set : form[name] is [{ Length: > 0 } field, ..] ? field : null;
        // Another score may be on another scale, with another sense: what was said of the last one does not hold.
        var sameScore = form["set-score"].Count == 0 && (form["was-score"] is not [{ Length: > 0 } was, ..] || was == Text("score"));
        return new SaidFormat
        {
            Date = Text("date"), Dose = Text("dose"), Score = Text("score"), Person = Text("person"),
            Scale = sameScore && Number(Text("scale-min")) is { } min && Number(Text("scale-max")) is { } max && max > min ? (min, max) : null,
            HigherIsBetter = sameScore && Text("better") is { } better ? better == "higher" : null,
            MeaningfulChange = sameScore && Number(Text("mcid")) is > 0 and var change ? change : null,
            AlreadyTaking = Text("already") == "yes",
            Randomised = Text("randomised") == "yes",
            Trials = Text("trials") == "yes",
        };
    }

    private static double? Number(string? text) =>
        double.TryParse(text?.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
