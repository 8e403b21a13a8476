namespace Lowdose.Diary;

/// <summary>What was done with another treatment.</summary>
public enum TreatmentStep
{
    /// <summary>Begun.</summary>
    Started = 1,
    /// <summary>Ended.</summary>
    Stopped,
    /// <summary>Another dose, another way.</summary>
    Changed,
}

/// <summary>Another treatment begun, ended or changed: it can pass for the drug's doing.</summary>
/// <param name="Name">As the person calls it.</param>
/// <param name="Step">What was done.</param>
/// <param name="Text">In the person's words; null where nothing was said.</param>
public sealed record TreatmentChange(string Name, TreatmentStep Step, string? Text)
{
    /// <summary>The canonical text of the field ("changed: now 60 mg").</summary>
    public override string ToString() => Step.ToString().ToLowerInvariant() + (Text is null ? "" : ": " + Text);

    /// <summary>Reads the canonical text.</summary>
    /// <returns>Null where it is not one.</returns>
    public static TreatmentChange? Read(string name, string value)
    {
        var colon = value.IndexOf(": ", StringComparison.Ordinal);
        var (step, text) = colon < 0 ? (value, null) : (value[..colon], value[(colon + 2)..]);
        if (text is not null && !Texts.IsLine(text)) return null;
        return step switch
        {
            "started" => new TreatmentChange(name, TreatmentStep.Started, text),
            "stopped" => new(name, TreatmentStep.Stopped, text),
            "changed" => new(name, TreatmentStep.Changed, text),
            _ => null,
        };
    }
}
