namespace Lowdose.Web.Plots;

/// <summary>One line of a caterpillar plot.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Mean">The effect, score units.</param>
/// <param name="Lo">The interval's lower end; NaN where there is none.</param>
/// <param name="Hi">Its upper end.</param>
/// <param name="Own">The effect by their own days alone; NaN where there is none.</param>
public readonly record struct PlottedEffect(string Name, double Mean, double Lo, double Hi, double Own);

/// <summary>Everyone's effect, to be drawn one above the other.</summary>
/// <param name="Outcome">The outcome's name.</param>
/// <param name="HigherIsBetter">Which way is better.</param>
/// <param name="MeaningfulChange">The smallest change that matters, score units.</param>
/// <param name="Average">The mean effect.</param>
/// <param name="Next">A new person's.</param>
/// <param name="People">Everyone, in any order.</param>
public sealed record Caterpillar(string Outcome, bool HigherIsBetter, double MeaningfulChange, PlottedEffect Average, PlottedEffect Next, IReadOnlyList<PlottedEffect> People);
