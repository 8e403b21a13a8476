using Lowdose.Dosing;

namespace Lowdose.Trials;

/// <summary>What is published when an allocation is sealed: it binds whoever drew it and tells nobody an arm. It is opened by an <see cref="Opening"/>.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Hash">SHA-256 of the opening's text, 64 small hexadecimal digits.</param>
public sealed record Commitment(string Trial, string Hash)
{
    /// <summary>Reads a hash as somebody kept it: 64 hexadecimal digits, spaces around them allowed.</summary>
    /// <param name="trial">The trial's id.</param>
    /// <param name="text">What they kept.</param>
    /// <param name="commitment">Null where it is none.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static Refused? Read(string trial, string text, out Commitment? commitment)
    {
        var hash = text.Trim().ToLowerInvariant();
        commitment = TrialRules.IsHash(hash) ? new(trial, hash) : null;
        return commitment is null ? new("that is no commitment", "give the 64 hexadecimal digits published when the allocation was sealed") : null;
    }
}
