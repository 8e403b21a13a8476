using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Science.Inference;

namespace Lowdose.Exchange;

/// <summary>
/// A verdict as the JSON object that outside programs read. Every key is always there; null where a value does not apply
/// or is not finite; numbers in full double precision.
/// </summary>
public static class VerdictJson
{
    /// <summary>Writes the object as UTF-8.</summary>
    /// <param name="verdict">What to write.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(CourseVerdict verdict, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        WriteDiary(json, verdict);
        WritePosterior(json, verdict.Judgement);
        WriteVerdict(json, verdict);
        WriteFit(json, verdict);
        json.WriteEndObject();
    }

    /// <summary>A verdict's word in files.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.TooEarly => "too-early",
        Verdict.Works => "works",
        Verdict.ProbablyWorks => "probably-works",
        Verdict.Unclear => "unclear",
        Verdict.ProbablyDoesNotWork => "probably-does-not-work",
        Verdict.DoesNotWork => "does-not-work",
        Verdict.Harms => "harms",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    /// <summary>A strength's word in files.</summary>
    public static string Word(Strength strength) => strength switch
    {
        Strength.OpenLabel => "open-label",
        Strength.RandomisedShort => "randomised-short",
        Strength.Randomised => "randomised",
        _ => throw new ArgumentOutOfRangeException(nameof(strength)),
    };

    /// <summary>A continuation's word in files.</summary>
    public static string Word(Continuation plan) => plan switch
    {
        Continuation.AsNow28 => "28-days-as-now",
        Continuation.AsNow56 => "56-days-as-now",
        Continuation.AsNow84 => "84-days-as-now",
        Continuation.Off28On56 => "28-days-off-56-on",
        Continuation.TwoBlindedPairs => "2-blinded-pairs-of-28-days",
        Continuation.ThreeBlindedPairs => "3-blinded-pairs-of-28-days",
        _ => throw new ArgumentOutOfRangeException(nameof(plan)),
    };

    private static void WriteDiary(Utf8JsonWriter json, CourseVerdict verdict)
    {
        var (diary, judgement) = (verdict.Diary, verdict.Judgement);
        json.WriteString("outcome", diary.Outcome.Name);
        json.WriteStartArray("scale");
        Value(json, judgement.Course.ScaleMin);
        Value(json, judgement.Course.ScaleMax);
        json.WriteEndArray();
        json.WriteNumber("days", judgement.Course.Days);
        json.WriteNumber("observed", judgement.Observed);
        json.WriteNumber("assumedDoses", diary.AssumedDoses.Count);
        Days(json, "assumedDays", diary.AssumedDoses);
        Days(json, "uncertainDays", diary.UncertainDoses);
        Text(json, "firstDate", diary.FirstDate?.ToString("uuuu-MM-dd", null));
        json.WriteBoolean("higherIsBetter", judgement.Course.HigherIsBetter);
        Number(json, "mcid", judgement.Course.Mcid);
    }

    private static void WritePosterior(Utf8JsonWriter json, Judgement judgement)
    {
        json.WriteStartObject("baseline");
        Number(json, "mean", judgement.Baseline.Mean);
        Number(json, "sd", judgement.Baseline.Sd);
        json.WriteNumber("n", judgement.Baseline.N);
        json.WriteEndObject();
        Dist(json, "offDrugLevel", judgement.OffDrugLevel);
        Doses(json, "doses", judgement.Doses);
        Dist(json, "expectation", judgement.Expectation);
        Dist(json, "trendPer28Days", judgement.TrendPer28Days);
        Dist(json, "rho", judgement.Rho);
        Dist(json, "sigma", judgement.Sigma);
        Dist(json, "whiteShare", judgement.WhiteShare);
        Dist(json, "tauDays", judgement.TauDays);
        Number(json, "verdictDose", judgement.VerdictDoseMg);
        json.WriteStartArray("best");
        foreach (var best in judgement.Best)
        {
            json.WriteStartObject();
            Number(json, "mg", best.Mg);
            Number(json, "prob", best.Prob);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteVerdict(Utf8JsonWriter json, CourseVerdict verdict)
    {
        var judgement = verdict.Judgement;
        json.WriteString("verdict", Word(judgement.Verdict));
        json.WriteString("strength", Word(judgement.Strength));
        json.WriteBoolean("borderline", judgement.Borderline);
        json.WriteBoolean("mayMakeWorse", judgement.MayMakeWorse);
        Number(json, "higherDoseStillOpen", judgement.HigherDoseStillOpenMg);
        Number(json, "higherDosePromising", judgement.HigherDosePromisingMg);
        Text(json, "primaryOutcome", verdict.PrimaryOutcome);
        json.WriteString("sentence", verdict.Sentence);
        json.WriteStartArray("because");
        foreach (var sentence in verdict.Because) json.WriteStringValue(sentence);
        json.WriteEndArray();
        json.WriteStartArray("warnings");
        foreach (var warning in verdict.Warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            json.WriteString("text", warning.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (judgement.WouldSettle is { } settling)
        {
            json.WriteStartObject("wouldSettle");
            json.WriteString("plan", Word(settling.Plan));
            json.WriteNumber("days", settling.Days);
            Number(json, "probability", settling.Probability);
            json.WriteEndObject();
        }
        else json.WriteNull("wouldSettle");
        json.WriteString("wouldSettleText", verdict.Settle);
        json.WriteString("prior", "sceptical");
        json.WriteNull("evidencePrior");
    }

    private static void WriteFit(Utf8JsonWriter json, CourseVerdict verdict)
    {
        var judgement = verdict.Judgement;
        if (verdict.WithoutEvents is { } without)
        {
            json.WriteStartObject("withoutEvents");
            Days(json, "daysLeftOut", without.DaysLeftOut);
            json.WriteString("verdict", Word(without.Judgement.Verdict));
            Number(json, "verdictDose", without.Judgement.VerdictDoseMg);
            Doses(json, "doses", without.Judgement.Doses);
            json.WriteEndObject();
        }
        else json.WriteNull("withoutEvents");
        if (judgement.Fading is { } fading)
        {
            json.WriteStartObject("fading");
            Number(json, "change", fading.Change);
            Number(json, "z", fading.Z);
            json.WriteBoolean("mayBeFading", fading.MayBeFading);
            json.WriteEndObject();
        }
        else json.WriteNull("fading");
        json.WriteStartObject("checks");
        Number(json, "residualLag1", judgement.Residuals.Lag1);
        Number(json, "residualsBeyond3", judgement.Residuals.ShareBeyond3);
        Number(json, "shareAtBounds", judgement.ShareAtBounds);
        Number(json, "medianBlockDays", judgement.MedianBlockDays);
        Number(json, "probTauOverHalfBlock", judgement.ProbTauOverHalfBlock);
        Number(json, "tauMaxDays", judgement.TauMaxDays);
        json.WriteEndObject();
        json.WriteStartArray("fitted");
        foreach (var day in judgement.Fitted)
        {
            json.WriteStartObject();
            json.WriteNumber("day", day.Day);
            Number(json, "mean", day.Mean);
            Number(json, "lo", day.Lo);
            Number(json, "hi", day.Hi);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("engine");
        json.WriteString("version", typeof(Judge).Assembly.GetName().Version!.ToString(3));
        json.WriteNumber("gridNodes", judgement.Engine.GridNodes);
        json.WriteBoolean("fallback", judgement.Engine.Fallback);
        json.WriteEndObject();
    }

    private static void Doses(Utf8JsonWriter json, string name, IReadOnlyList<DoseJudgement> doses)
    {
        json.WriteStartArray(name);
        foreach (var dose in doses)
        {
            json.WriteStartObject();
            Number(json, "mg", dose.Mg);
            json.WriteNumber("days", dose.Days);
            Dist(json, "effect", dose.Effect);
            Number(json, "probAnyBenefit", dose.ProbAnyBenefit);
            Number(json, "probMeaningfulBenefit", dose.ProbMeaningfulBenefit);
            Number(json, "probMeaningfulHarm", dose.ProbMeaningfulHarm);
            Number(json, "prob30", dose.Prob30);
            Number(json, "prob50", dose.Prob50);
            Number(json, "priorSd", dose.PriorSd);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Dist(Utf8JsonWriter json, string name, Summary? summary)
    {
        if (summary is not { } s)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        Number(json, "mean", s.Mean);
        Number(json, "sd", s.Sd);
        Number(json, "q025", s.Q025);
        Number(json, "q50", s.Q50);
        Number(json, "q975", s.Q975);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        Value(json, value);
    }

    private static void Value(Utf8JsonWriter json, double? value)
    {
        if (value is { } v && double.IsFinite(v)) json.WriteNumberValue(v);
        else json.WriteNullValue();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is null) json.WriteNull(name);
        else json.WriteString(name, text);
    }

    private static void Days(Utf8JsonWriter json, string name, IReadOnlyList<int> days)
    {
        json.WriteStartArray(name);
        foreach (var day in days) json.WriteNumberValue(day);
        json.WriteEndArray();
    }
}
