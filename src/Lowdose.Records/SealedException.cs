namespace Lowdose.Records;

/// <summary>The records are sealed with a passphrase, and nobody has given it since Lowdose was started (HTTP 423). Ask <see cref="Archive.IsSealed"/> first.</summary>
public sealed class SealedException() : Exception("the records are sealed; give the passphrase first");
