using System.Text.Json;
using Lowdose.Dosing;
using NodaTime;

namespace Lowdose.Exchange;

/// <summary>A mixing card as the JSON object that outside programs read. Every key is always there; null where a value does not apply.</summary>
public static class MixJson
{
    /// <summary>Writes the object as UTF-8.</summary>
    /// <param name="card">What to write.</param>
    /// <param name="mixed">The day of mixing, from which the shelf life counts.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(MixingCard card, LocalDate mixed, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        json.WriteStartObject("strength");
        json.Decimal("mgPerMl", card.Dilution.Strength.MilligramsPerMillilitre);
        json.WriteString("text", $"{card.Dilution.Tablet} in {card.Dilution.Volume} = {card.Dilution.Strength}");
        json.WriteEndObject();
        json.WriteStartArray("doses");
        foreach (var dose in card.Doses) Dose(json, dose);
        json.WriteEndArray();
        Bottle(json, card.Bottle, mixed);
        json.WriteStartArray("warnings");
        foreach (var caution in card.Cautions)
        {
            json.WriteStartObject();
            json.WriteString("code", caution.Code);
            json.WriteString("text", caution.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Dose(Utf8JsonWriter json, MixedDose dose)
    {
        json.WriteStartObject();
        json.Decimal("doseMg", dose.Measured.Dose.ExactMilligrams);
        json.Decimal("volumeMl", dose.Measured.Volume.Millilitres);
        Drawn(json, dose.Measured);
        json.WriteNumber("lastsDays", dose.LastsDays);
        if (dose.Closer is { } closer)
        {
            json.WriteStartObject("closer");
            Drawn(json, closer);
            json.WriteEndObject();
        }
        else json.WriteNull("closer");
        if (dose.TwoStep is { } two) TwoStep(json, two);
        else json.WriteNull("twoStep");
        json.WriteEndObject();
    }

    private static void Drawn(Utf8JsonWriter json, MeasuredDose measured)
    {
        Syringe(json, "syringe", measured.Draw.Syringe);
        json.WriteNumber("draws", measured.Draw.Times);
        json.Decimal("drawMl", measured.Draw.Total.Millilitres);
        json.Decimal("errorMg", measured.Error.Milligrams);
        json.Decimal("errorPercent", measured.ErrorPercent);
        json.Decimal("readingErrorPercent", measured.ReadingErrorPercent);
    }

    private static void TwoStep(Utf8JsonWriter json, TwoStepDilution two)
    {
        json.WriteStartObject("twoStep");
        json.Decimal("takeMl", two.First.Total.Millilitres);
        Syringe(json, "takeSyringe", two.First.Syringe);
        json.Decimal("waterMl", two.Water.Total.Millilitres);
        Syringe(json, "waterSyringe", two.Water.Syringe);
        json.Decimal("madeUpToMl", two.MadeUpTo.Millilitres);
        json.Decimal("mgPerMl", two.Second.Strength.MilligramsPerMillilitre);
        json.Decimal("volumeMl", two.Second.Volume.Millilitres);
        Drawn(json, two.Second);
        json.Decimal("worstErrorPercent", two.WorstErrorPercent);
        json.WriteEndObject();
    }

    private static void Syringe(Utf8JsonWriter json, string name, Syringe syringe)
    {
        json.WriteStartObject(name);
        json.Decimal("capacityMl", syringe.Capacity.Millilitres);
        json.Decimal("graduationMl", syringe.Mark.Millilitres);
        json.WriteEndObject();
    }

    private static void Bottle(Utf8JsonWriter json, Bottle bottle, LocalDate mixed)
    {
        json.WriteStartObject("bottle");
        json.Decimal("volumeMl", bottle.Volume.Millilitres);
        json.WriteNumber("lastsDays", bottle.LastsDays);
        json.Number("shelfLifeDays", bottle.ShelfLifeDays);
        json.Text("discardAfter", bottle.DiscardAfter(mixed)?.ToString("uuuu-MM-dd", null));
        json.WriteString("note", bottle.Note);
        json.WriteEndObject();
    }
}
