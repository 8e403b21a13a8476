using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lowdose.Dosing;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Lowdose.Trials;

/// <summary>
/// Who gets what, sealed. It shows its commitment and nothing else: it cannot be printed, logged, serialised or compared with another. What is in it comes
/// out in four ways, each with a purpose: <see cref="PharmacySheet"/> for the kits, <see cref="Unblinding"/> for one person before the end,
/// <see cref="Reveal"/> when the trial is closed, and closed with a key in <see cref="SealedAllocation"/> to be kept.
/// </summary>
[DebuggerDisplay("sealed allocation")]
[JsonConverter(typeof(SealedJson))]
public sealed class Allocation : IYamlConvertible
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Opening _opening;

    private Allocation(Opening opening) => (_opening, Commitment) = (opening, new(opening.Trial, TrialDesign.Sha256(opening.Text)));

    /// <summary>What is published of it.</summary>
    public Commitment Commitment { get; }

    /// <summary>Draws the allocation of a trial, once its places are made and its plan is locked.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="seed">32 bytes from a source of secrets: the chance.</param>
    /// <param name="nonce">32 more: what keeps the commitment from being guessed.</param>
    /// <param name="allocation">Null where it is refused.</param>
    /// <returns>Null, or why it cannot be drawn.</returns>
    /// <exception cref="ArgumentException">The seed or the nonce has another length.</exception>
    public static Refused? Draw(Trial trial, ReadOnlySpan<byte> seed, ReadOnlySpan<byte> nonce, out Allocation? allocation)
    {
        allocation = null;
        if (nonce.Length != SeededDraw.SeedBytes) throw new ArgumentException($"a nonce has {SeededDraw.SeedBytes} bytes, not {nonce.Length}", nameof(nonce));
        if (trial.Commitment is not null) return new("the allocation is sealed already", "an allocation is drawn once");
        if (trial.Plan is not { } plan) return new("the analysis plan is not locked", "lock it first, so that nobody can fit it to the result");
        if (LegalSequences.Of(trial.Design, trial.Subjects, out var legal) is { } refused) return refused;
        Opening.Read(Opening.Write(trial.Id, trial.Design, plan.Hash, seed, nonce, trial.Subjects, legal!), out var opening);
        allocation = new(opening!);
        return null;
    }

    /// <summary>For those four only; a test holds it.</summary>
    internal Opening Opened() => _opening;

    internal static Allocation Of(Opening opening) => new(opening);

    /// <summary>Says that it is sealed.</summary>
    public override string ToString() => "sealed allocation";

    /// <inheritdoc/>
    void IYamlConvertible.Read(IParser parser, Type expectedType, ObjectDeserializer nestedObjectDeserializer) => throw new NotSupportedException(Never);

    /// <inheritdoc/>
    void IYamlConvertible.Write(IEmitter emitter, ObjectSerializer nestedObjectSerializer) => throw new NotSupportedException(Never);

    internal const string Never = "an allocation is sealed and is never written";
}

/// <summary>Refuses to write an allocation as JSON, or to read one.</summary>
internal sealed class SealedJson : JsonConverter<Allocation>
{
    public override Allocation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException(Allocation.Never);

    public override void Write(Utf8JsonWriter writer, Allocation value, JsonSerializerOptions options) => throw new NotSupportedException(Allocation.Never);
}
