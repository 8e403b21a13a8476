using System.Text.Json;
using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Safety;
using NodaTime;

namespace Lowdose.Exchange;

/// <summary>A plan as the JSON object that outside programs read. Every key is always there; null where a value does not apply.</summary>
public static class PlanJson
{
    /// <summary>Writes the object as UTF-8.</summary>
    /// <param name="schedule">The dated doses.</param>
    /// <param name="reviews">The days to look again.</param>
    /// <param name="cautions">What to know about the plan.</param>
    /// <param name="screening">The safety screen it rests on, or null.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(Schedule schedule, Reviews reviews, IReadOnlyList<Caution> cautions, Screening? screening, Stream stream)
    {
        var regimen = schedule.Regimen;
        var capsules = regimen.Product is Product.Capsules ? CapsulePlan.Of(schedule) : null;
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        json.WriteString("protocol", regimen.Titration.Id);
        json.WriteString("product", capsules is null ? "liquid" : "capsule");
        json.Decimal("strengthMgPerMl", (regimen.Product as Product.Liquid)?.Strength.MilligramsPerMillilitre);
        json.WriteString("start", Day(regimen.Start));
        json.Decimal("ceilingMg", regimen.Titration.Ceiling.ExactMilligrams);
        json.WriteStartArray("steps");
        foreach (var step in schedule.Steps) Step(json, step, regimen.Product, capsules);
        json.WriteEndArray();
        json.WriteStartArray("doses");
        foreach (var dose in schedule.Doses)
        {
            json.WriteStartObject();
            json.WriteString("date", Day(dose.Date));
            json.WriteString("time", Time(dose.Time));
            json.Decimal("doseMg", dose.Amount.ExactMilligrams);
            json.Decimal("volumeMl", Millilitres(dose.Amount, regimen.Product));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Reviews(json, reviews);
        json.Decimal("totalMg", schedule.Total.ExactMilligrams);
        json.WriteStartArray("dispense");
        if (capsules is not null) foreach (var (strength, count) in capsules.Strengths.Zip(capsules.Counts)) Capsules(json, strength, count);
        json.WriteEndArray();
        json.WriteStartArray("basis");
        foreach (var claim in regimen.Titration.Basis) json.WriteStringValue(claim);
        json.WriteEndArray();
        json.WriteStartArray("warnings");
        foreach (var caution in cautions)
        {
            json.WriteStartObject();
            json.WriteString("code", caution.Code);
            json.WriteString("text", caution.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteBoolean("provisional", regimen.Provisional);
        Screened(json, screening);
        json.WriteEndObject();
    }

    private static void Screened(Utf8JsonWriter json, Screening? screening)
    {
        if (screening is null)
        {
            json.WriteNull("screening");
            return;
        }
        json.WriteStartObject("screening");
        json.WriteString("status", ScreenJson.StatusWord(screening.Status));
        json.Text("firstSafeDate", screening.FirstSafeDate is { } first ? Day(first) : null);
        foreach (var (name, texts) in ((string, IReadOnlyList<string>)[])[("unanswered", screening.Unanswered), ("unknownMedicines", screening.UnknownMedicines)])
        {
            json.WriteStartArray(name);
            foreach (var text in texts) json.WriteStringValue(text);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void Step(Utf8JsonWriter json, ScheduleStep step, Product product, CapsulePlan? capsules)
    {
        json.WriteStartObject();
        json.WriteString("from", Day(step.From));
        json.WriteString("to", Day(step.To));
        json.Decimal("doseMg", step.Step.PerDay.ExactMilligrams);
        json.WriteString("at", string.Join(" and ", step.Times.Select(Time)));
        json.WriteNumber("timesPerDay", step.Step.TimesPerDay);
        json.Decimal("volumeMl", Millilitres(step.Step.PerDay, product));
        if (capsules is not null && step.Times.Count > 0)
        {
            json.WriteStartArray("capsules");
            var (strength, count) = capsules.Holding(step.Step.Each);
            Capsules(json, strength, count * step.Step.TimesPerDay);
            json.WriteEndArray();
        }
        else json.WriteNull("capsules");
        json.WriteEndObject();
    }

    private static void Reviews(Utf8JsonWriter json, Reviews reviews)
    {
        json.WriteStartArray("reviews");
        foreach (var review in reviews.Days)
        {
            json.WriteStartObject();
            json.WriteString("date", Day(review.Date));
            json.WriteString("what", review.What);
            json.WriteString("kind", Word(review.Kind));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("stopReview", Day(reviews.StopReview));
    }

    /// <summary>A review's word in files.</summary>
    public static string Word(ReviewKind kind) => kind switch
    {
        ReviewKind.Step => "step",
        ReviewKind.Judge => "judge",
        ReviewKind.StopReview => "stop-review",
        ReviewKind.Recheck => "recheck",
        ReviewKind.SourceJudge => "source-judge",
        ReviewKind.SourceStop => "source-stop",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static void Capsules(Utf8JsonWriter json, Mass strength, int count)
    {
        json.WriteStartObject();
        json.Decimal("mg", strength.ExactMilligrams);
        json.WriteNumber("count", count);
        json.WriteEndObject();
    }

    private static decimal? Millilitres(Mass dose, Product product) => product is Product.Liquid liquid ? liquid.Strength.VolumeHolding(dose).Millilitres : null;

    private static string Day(LocalDate date) => date.ToString("uuuu-MM-dd", null);

    private static string Time(LocalTime time) => time.ToString("HH:mm", null);
}
