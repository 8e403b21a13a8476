namespace Lowdose.Evidence;

/// <summary>Whether a questionnaire may be used here.</summary>
public enum InstrumentUse
{
    /// <summary>Free to use.</summary>
    Free = 1,
    /// <summary>Somebody must be asked first.</summary>
    Permission,
}

/// <summary>Whose words the items are in.</summary>
public enum ItemWording
{
    /// <summary>Names of things that nobody owns: parts of the body, common complaints.</summary>
    Plain = 1,
    /// <summary>Our own short words for what an item is about; for an answer that counts the original form is read.</summary>
    Own,
    /// <summary>Only the item's number: the original form is needed.</summary>
    Numbers,
}

/// <summary>The terms of a questionnaire.</summary>
/// <param name="Use">Whether it may be used.</param>
/// <param name="Wording">Whose words the items are in here.</param>
/// <param name="Says">What is known about its terms, in plain words.</param>
/// <param name="Mark">How we know.</param>
public sealed record Licence(InstrumentUse Use, ItemWording Wording, string Says, Mark Mark);

/// <summary>A questionnaire as data: what is asked, how it is scored, what follows. Answers are the diary's.</summary>
/// <param name="Id">E.g. <c>acr-2016</c>; the file's name.</param>
/// <param name="Title">What it is called.</param>
/// <param name="About">What it asks about, in plain words.</param>
/// <param name="Recall">The time it asks about, in plain words.</param>
/// <param name="Licence">Its terms.</param>
/// <param name="Items">In order.</param>
/// <param name="Scores">In order.</param>
/// <param name="Conclusions">In order; may be none.</param>
/// <param name="Loinc">Code of its result; null where not known.</param>
/// <param name="Mark">How we know items and scores.</param>
/// <param name="Note">What must be said beside it, or null.</param>
public sealed record Instrument(string Id, string Title, string About, string Recall, Licence Licence, IReadOnlyList<InstrumentItem> Items,
    IReadOnlyList<InstrumentScore> Scores, IReadOnlyList<Conclusion> Conclusions, Code? Loinc, Mark Mark, string? Note);

/// <summary>One thing that is asked.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Text">As it is asked here.</param>
/// <param name="Answers">What can be answered; the answer is the place in this list, 0 first.</param>
public sealed record InstrumentItem(string Id, string Text, IReadOnlyList<string> Answers);

/// <summary>How a score is made.</summary>
public enum ScoreKind
{
    /// <summary>All answers added.</summary>
    Sum = 1,
    /// <summary>The mean of all answers, times <see cref="InstrumentScore.Times"/>.</summary>
    Mean,
    /// <summary>How many groups have any answer above 0.</summary>
    Groups,
}

/// <summary>A number made of answers.</summary>
/// <param name="Id">Short name, as conclusions call it.</param>
/// <param name="Name">In words.</param>
/// <param name="Kind">How it is made.</param>
/// <param name="Groups">Item ids; one group unless <paramref name="Kind"/> is <see cref="ScoreKind.Groups"/>.</param>
/// <param name="Times">1 unless it is a mean on another scale.</param>
public sealed record InstrumentScore(string Id, string Name, ScoreKind Kind, IReadOnlyList<IReadOnlyList<string>> Groups, int Times);

/// <summary>What scores and answers come to: met where every requirement is.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Met">What it means where it is met.</param>
/// <param name="NotMet">What it means where it is not.</param>
/// <param name="Requirements">Each with alternatives, of which one is enough.</param>
/// <param name="Mark">How we know the rule.</param>
public sealed record Conclusion(string Id, string Met, string NotMet, IReadOnlyList<Requirement> Requirements, Mark Mark);

/// <summary>One requirement.</summary>
/// <param name="Why">What it is, in words.</param>
/// <param name="Alternatives">One is enough; each holds where all its comparisons hold.</param>
public sealed record Requirement(string Why, IReadOnlyList<IReadOnlyList<Comparison>> Alternatives);

/// <summary>A score or an answer within bounds, both included.</summary>
/// <param name="Of">Id of a score or an item.</param>
/// <param name="Low">At least; null: no lower bound.</param>
/// <param name="High">At most; null: no upper bound.</param>
public sealed record Comparison(string Of, decimal? Low, decimal? High);
