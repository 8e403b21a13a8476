using System.Text.Json;
using Lowdose.Science.Inference.Crossover;

namespace Lowdose.Exchange;

/// <summary>A crossover's comparison as the JSON object that outside programs read. Every key is always there; null where a value does not apply.</summary>
public static class CrossoverJson
{
    /// <summary>Writes the object as UTF-8.</summary>
    /// <param name="comparison">What to write; effects are drug − placebo.</param>
    /// <param name="discardDays">Days left out at the start of every period.</param>
    /// <param name="seed">Of the permutation test.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(Comparison comparison, int discardDays, ulong seed, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        json.WriteNumber("n", comparison.People);
        json.WriteNumber("nBoth", comparison.Both);
        json.WriteNumber("discardDays", discardDays);
        json.WriteStartObject("classical");
        var (treatment, period, carryover) = (comparison.Classical.Treatment, comparison.Classical.Period, comparison.Classical.Carryover);
        json.Numbers(("effect", treatment.Effect), ("se", treatment.Se), ("df", treatment.Df), ("t", treatment.T), ("p", treatment.P), ("lo", treatment.Lo), ("hi", treatment.Hi));
        json.Object("period", ("effect", period.Effect), ("se", period.Se), ("t", period.T), ("p", period.P));
        json.Object("carryover", ("effect", carryover.Effect), ("se", carryover.Se), ("t", carryover.T), ("p", carryover.P));
        json.WriteEndObject();
        var mixed = comparison.Mixed;
        json.Object("mixed", ("effect", mixed.Effect), ("se", mixed.Se), ("dfSatterthwaite", mixed.DfSatterthwaite), ("pSatterthwaite", mixed.PSatterthwaite),
            ("seKenwardRoger", mixed.SeKenwardRoger), ("dfKenwardRoger", mixed.DfKenwardRoger), ("pKenwardRoger", mixed.PKenwardRoger),
            ("varPerson", mixed.VarPerson), ("varResidual", mixed.VarResidual), ("logLik", mixed.LogLikelihood));
        Responders(json, comparison.Responders);
        json.Number("permutationP", comparison.Permutation.P);
        json.WriteStartObject("permutation");
        json.WriteBoolean("exact", comparison.Permutation.Exact);
        json.WriteNumber("deals", comparison.Permutation.Deals);
        json.WriteNumber("seed", seed);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Responders(Utf8JsonWriter json, ResponderTable table)
    {
        json.WriteStartObject("responders");
        json.Numbers(("drug", table.OnDrug), ("placebo", table.OnPlacebo), ("mcnemarP", table.McNemarP), ("exactP", table.ExactP));
        json.WriteNumber("people", table.People);
        json.WriteNumber("both", table.Both);
        json.WriteNumber("drugOnly", table.DrugOnly);
        json.WriteNumber("placeboOnly", table.PlaceboOnly);
        json.WriteNumber("neither", table.Neither);
        json.WriteEndObject();
    }
}
