namespace Lowdose.Science.Pharmacology.Language;

/// <summary>
/// The small language in which models are written: assignments, rates and outputs over parameters and compartments, with units that are checked.
/// Source: docs/methods/model-language.md.
/// </summary>
public static class ModelLanguage
{
    /// <summary>Compiles a model. Where every rate is linear in the state, with coefficients free of time and state, the model gets rate constants and is propagated exactly; else rates and their derivatives.</summary>
    /// <param name="source">The model as written.</param>
    /// <returns>The model, or every fault that was found, in the order of the text.</returns>
    public static ModelReading Compile(ModelSource source) => new ModelWriting(source).Read();

    /// <summary>What a number in one unit is multiplied with to be a number in another.</summary>
    /// <param name="from">A unit, as mg.</param>
    /// <param name="to">Another, as ug.</param>
    /// <returns>The factor; null where one of them is no unit or they are of different kinds.</returns>
    public static double? Factor(string from, string to)
    {
        try
        {
            var (own, wanted) = (UnitReader.Read(new(from)), UnitReader.Read(new(to)));
            return own.SameDimension(wanted) ? own.To(wanted) : null;
        }
        catch (FaultException)
        {
            return null;
        }
    }
}
