using Lowdose.Diary;

namespace Lowdose.Exchange;

/// <summary>What became of the files: the diaries in them, or why there are none. Exactly one of <see cref="Diaries"/> and <see cref="Refusal"/> is set.</summary>
/// <param name="Diaries">Everyone, in the order in which they first appear; made one at a time as they are asked for, so that a hundred thousand need no room at once.</param>
/// <param name="Refusal">The first thing wrong.</param>
/// <param name="File">The file it is wrong with.</param>
public sealed record PeopleReading(IEnumerable<PersonDiary>? Diaries, Refusal? Refusal, string? File);
