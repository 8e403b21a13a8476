namespace Lowdose.Science.Pharmacology.Language;

/// <summary>Where a formula begins.</summary>
internal readonly record struct Place(int Line, int Column)
{
    public FaultException Fault(string what, string @do) => new(new(Line, Column, what, @do));
}

/// <summary>A formula as it was written.</summary>
internal abstract record Formula(Place At);

/// <summary>A number, perhaps with a unit in brackets.</summary>
internal sealed record NumberFormula(Place At, double Value, Unit? Unit) : Formula(At);

/// <summary>A parameter, compartment, assignment or t.</summary>
internal sealed record NameFormula(Place At, string Name) : Formula(At);

/// <summary>−x.</summary>
internal sealed record MinusFormula(Place At, Formula Of) : Formula(At);

/// <summary>Two formulas with one of + − * / ^ between them; the place is the sign's.</summary>
internal sealed record PairFormula(Place At, char Sign, Formula Left, Formula Right) : Formula(At);

/// <summary>A function of formulas.</summary>
internal sealed record CallFormula(Place At, string Function, IReadOnlyList<Formula> Arguments) : Formula(At);

/// <summary>where(left &lt; right, then, else); the other comparisons are written this way round.</summary>
internal sealed record WhereFormula(Place At, Formula Left, Formula Right, bool OrEqual, Formula Then, Formula Else) : Formula(At);

/// <summary>One line: what is set, whether it is a rate, and to what.</summary>
internal sealed record Equation(Place At, string Target, bool IsRate, Formula Right);
