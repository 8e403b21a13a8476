namespace Lowdose.Evidence;

/// <summary>What is known in answer to something people ask. It rests on claims and on pooled questions, which carry the marks.</summary>
/// <param name="Id">E.g. <c>which-dose</c>.</param>
/// <param name="Asks">What people ask, in plain words.</param>
/// <param name="Says">The answer, two plain sentences at most.</param>
/// <param name="Certainty">That of the best it rests on; one of its claims has it.</param>
/// <param name="Questions">Ids of pooled questions, the main one first; may be none.</param>
/// <param name="Conditions">Ids of conditions whose studies bear on it; may be none.</param>
/// <param name="Claims">Ids of claims, those that weigh most first.</param>
/// <param name="AsOf">The day on which somebody last looked whether it still holds.</param>
public sealed record Answer(string Id, string Asks, string Says, Certainty Certainty, IReadOnlyList<string> Questions, IReadOnlyList<string> Conditions, IReadOnlyList<string> Claims, DateOnly AsOf);
