using System.Globalization;
using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Evidence;
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
        json.Value(judgement.Course.ScaleMin);
        json.Value(judgement.Course.ScaleMax);
        json.WriteEndArray();
        json.WriteNumber("days", judgement.Course.Days);
        json.WriteNumber("observed", judgement.Observed);
        json.WriteNumber("assumedDoses", diary.AssumedDoses.Count);
        json.Days("assumedDays", diary.AssumedDoses);
        json.Days("uncertainDays", diary.UncertainDoses);
        json.Text("firstDate", diary.FirstDate?.ToString("uuuu-MM-dd", null));
        json.WriteBoolean("higherIsBetter", judgement.Course.HigherIsBetter);
        json.Number("mcid", judgement.Course.Mcid);
    }

    private static void WritePosterior(Utf8JsonWriter json, Judgement judgement)
    {
        json.WriteStartObject("baseline");
        json.Number("mean", judgement.Baseline.Mean);
        json.Number("sd", judgement.Baseline.Sd);
        json.WriteNumber("n", judgement.Baseline.N);
        json.WriteEndObject();
        json.Dist("offDrugLevel", judgement.OffDrugLevel);
        Doses(json, "doses", judgement.Doses);
        json.Dist("expectation", judgement.Expectation);
        json.Dist("trendPer28Days", judgement.TrendPer28Days);
        json.Dist("rho", judgement.Rho);
        json.Dist("sigma", judgement.Sigma);
        json.Dist("whiteShare", judgement.WhiteShare);
        json.Dist("tauDays", judgement.TauDays);
        json.Number("verdictDose", judgement.VerdictDoseMg);
        json.Number("harmingDose", judgement.HarmingDoseMg);
        json.WriteStartArray("best");
        foreach (var best in judgement.Best)
        {
            json.WriteStartObject();
            json.Number("mg", best.Mg);
            json.Number("prob", best.Prob);
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
        json.Number("higherDoseStillOpen", judgement.HigherDoseStillOpenMg);
        json.Number("higherDosePromising", judgement.HigherDosePromisingMg);
        json.Text("primaryOutcome", verdict.PrimaryOutcome);
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
            json.Number("probability", settling.Probability);
            json.Number("mg", settling.Mg);
            json.WriteEndObject();
        }
        else json.WriteNull("wouldSettle");
        json.WriteString("wouldSettleText", verdict.Settle);
        json.WriteString("prior", verdict.Trials is null ? "sceptical" : "evidence");
        if (verdict.Trials is { } trials) Beside(json, trials, judgement.Course.Range);
        else json.WriteNull("evidencePrior");
    }

    /// <summary>What the diary says where it starts from the trials; the doses are on the diary's own scale, the trials on theirs.</summary>
    private static void Beside(Utf8JsonWriter json, TrialsBeside trials, double range)
    {
        json.WriteStartObject("evidencePrior");
        json.WriteString("topic", trials.Prior.Question.Id);
        json.WriteString("asOf", trials.Prior.Question.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("scale", EvidencePrior.Scale);
        json.Number("tau2", trials.Prior.Curve.Tau2);
        json.WriteStartArray("trials");
        foreach (var trial in trials.Prior.Trials)
        {
            json.WriteStartObject();
            json.WriteString("study", trial.Study);
            json.Number("mg", trial.Mg);
            json.Number("estimate", trial.Estimate);
            json.Number("se", trial.Se);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("doses");
        foreach (var dose in trials.Doses)
        {
            json.WriteStartObject();
            Dose(json, dose);
            json.Number("priorMeanSd", trials.Prior.Curve.At(dose.Mg).Sd * range / trials.Prior.Curve.Range);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFit(Utf8JsonWriter json, CourseVerdict verdict)
    {
        var judgement = verdict.Judgement;
        if (verdict.WithoutEvents is { } without)
        {
            json.WriteStartObject("withoutEvents");
            json.Days("daysLeftOut", without.DaysLeftOut);
            json.WriteString("verdict", Word(without.Judgement.Verdict));
            json.Number("verdictDose", without.Judgement.VerdictDoseMg);
            Doses(json, "doses", without.Judgement.Doses);
            json.WriteEndObject();
        }
        else json.WriteNull("withoutEvents");
        if (judgement.Fading is { } fading)
        {
            json.WriteStartObject("fading");
            json.Number("change", fading.Change);
            json.Number("z", fading.Z);
            json.WriteBoolean("mayBeFading", fading.MayBeFading);
            json.WriteEndObject();
        }
        else json.WriteNull("fading");
        json.WriteStartObject("checks");
        json.Number("residualLag1", judgement.Residuals.Lag1);
        json.Number("residualsBeyond3", judgement.Residuals.ShareBeyond3);
        json.Number("shareAtBounds", judgement.ShareAtBounds);
        json.Number("medianBlockDays", judgement.MedianBlockDays);
        json.Number("probTauOverHalfBlock", judgement.ProbTauOverHalfBlock);
        json.Number("tauMaxDays", judgement.TauMaxDays);
        json.WriteEndObject();
        json.WriteStartArray("fitted");
        foreach (var day in judgement.Fitted)
        {
            json.WriteStartObject();
            json.WriteNumber("day", day.Day);
            json.Number("mean", day.Mean);
            json.Number("lo", day.Lo);
            json.Number("hi", day.Hi);
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
            Dose(json, dose);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Dose(Utf8JsonWriter json, DoseJudgement dose)
    {
        json.Number("mg", dose.Mg);
        json.WriteNumber("days", dose.Days);
        json.Dist("effect", dose.Effect);
        json.Number("probAnyBenefit", dose.ProbAnyBenefit);
        json.Number("probMeaningfulBenefit", dose.ProbMeaningfulBenefit);
        json.Number("probMeaningfulHarm", dose.ProbMeaningfulHarm);
        json.Number("prob30", dose.Prob30);
        json.Number("prob50", dose.Prob50);
        json.Number("priorSd", dose.PriorSd);
        json.Number("priorMean", dose.PriorMean);
    }
}
