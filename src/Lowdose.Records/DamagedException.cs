namespace Lowdose.Records;

/// <summary>What lies in the records is not as Lowdose wrote it, or a later version wrote it. Nothing is guessed: restore a backup, or update.</summary>
/// <param name="message">Which write.</param>
public sealed class DamagedException(string message) : Exception(message);
