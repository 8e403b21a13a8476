using System.Globalization;
using System.Text;
using Lowdose.Dosing;
using Lowdose.Evidence;

namespace Lowdose.Trials;

/// <summary>
/// A commitment opened: who had which arm when, the seed it was drawn by and the nonce that kept it from being guessed. It exists only
/// after a trial is closed (<see cref="Reveal"/>). Its text is what was hashed; docs/methods/trials.md gives the lines and a script that checks them.
/// </summary>
public sealed class Opening
{
    private const string Version = "lowdose allocation 1";

    private Opening(string text, string trial, string designHash, string planHash, string seed, string nonce, IReadOnlyList<OpenedPeriod> periods) =>
        (Text, Trial, DesignHash, PlanHash, Seed, Nonce, Periods) = (text, trial, designHash, planHash, seed, nonce, periods);

    /// <summary>The whole text, in ASCII with line feeds.</summary>
    public string Text { get; }
    /// <summary>The trial's id.</summary>
    public string Trial { get; }
    /// <summary>SHA-256 of the design.</summary>
    public string DesignHash { get; }
    /// <summary>SHA-256 of the analysis plan.</summary>
    public string PlanHash { get; }
    /// <summary>The seed, 64 small hexadecimal digits.</summary>
    public string Seed { get; }
    /// <summary>The nonce, 64 small hexadecimal digits.</summary>
    public string Nonce { get; }
    /// <summary>Subject after subject, period after period.</summary>
    public IReadOnlyList<OpenedPeriod> Periods { get; }

    /// <summary>The arms one subject had, period after period.</summary>
    /// <param name="subject">The place's id.</param>
    public IReadOnlyList<OpenedPeriod> Of(string subject) => [.. Periods.Where(p => p.Subject == subject)];

    /// <summary>Whether it is what was committed to.</summary>
    public bool Opens(Commitment commitment) => commitment.Trial == Trial && commitment.Hash == TrialDesign.Sha256(Text);

    /// <summary>The row of arm numbers, as <see cref="LegalSequences"/> gives them; null where an arm is not the design's.</summary>
    /// <param name="design">The trial's.</param>
    public int[]? Row(Design design)
    {
        var numbers = TrialArm.Of(design).Index().ToDictionary(a => a.Item.Name, a => a.Index, StringComparer.Ordinal);
        return Periods.All(p => numbers.ContainsKey(p.Arm)) ? [.. Periods.Select(p => numbers[p.Arm])] : null;
    }

    /// <summary>Whether the design's own randomisation deals these arms to these subjects from this seed, so that nobody chose them.</summary>
    /// <param name="design">The trial's.</param>
    /// <param name="subjects">The trial's, in order.</param>
    public bool IsDrawnFrom(Design design, IReadOnlyList<TrialSubject> subjects) => DesignHash == TrialDesign.Hash(design)
        && LegalSequences.Of(design, subjects, out var legal) is null && Text == Write(Trial, design, PlanHash, Convert.FromHexString(Seed), Convert.FromHexString(Nonce), subjects, legal!);

    internal static string Write(string trial, Design design, string planHash, ReadOnlySpan<byte> seed, ReadOnlySpan<byte> nonce, IReadOnlyList<TrialSubject> subjects, LegalSequences legal)
    {
        var row = legal.Draw(new SeededDraw(seed, "allocation"));
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"{Version}\ntrial {trial}\ndesign {TrialDesign.Hash(design)}\nplan {planHash}\nseed {Convert.ToHexStringLower(seed)}\nnonce {Convert.ToHexStringLower(nonce)}\n"));
        foreach (var (s, subject) in subjects.Index())
            for (var p = 0; p < legal.Periods; p++) text.Append(CultureInfo.InvariantCulture, $"{subject.Id} {p + 1} {legal.Arms[row[s * legal.Periods + p]].Name}\n");
        return text.ToString();
    }

    /// <summary>Reads an opening's text.</summary>
    /// <param name="text">As it was written; a changed byte is a changed hash.</param>
    /// <param name="opening">Null where it is none.</param>
    /// <returns>The line that is wrong, 1 first, and what is; line 0 where nothing is.</returns>
    public static (int Line, Refused? Wrong) Read(string text, out Opening? opening)
    {
        opening = null;
        var lines = text.Split('\n');
        if (lines[0] != Version) return (1, new("the file does not begin as an opened allocation", $"give the file that begins with \"{Version}\""));
        if (lines[^1].Length > 0) return (lines.Length, new("the last line has no end", "give the file as it was written"));
        string[] keys = ["trial", "design", "plan", "seed", "nonce"];
        var head = new string[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var line = i + 1 < lines.Length ? lines[i + 1] : "";
            if (!line.StartsWith(keys[i] + " ", StringComparison.Ordinal)) return (i + 2, new($"the line of the {keys[i]} is missing", "give the file as it was written"));
            head[i] = line[(keys[i].Length + 1)..];
            if (i == 0 ? Trials.Trial.NotAnId(head[i]) is not null : !TrialRules.IsHash(head[i])) return (i + 2, new($"the {keys[i]} is not one", "give the file as it was written"));
        }
        var periods = new List<OpenedPeriod>();
        for (var i = keys.Length + 1; i < lines.Length - 1; i++)
        {
            if (lines[i].Split(' ') is not [var subject, var number, var arm] || Trials.Trial.NotAnId(subject) is not null || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var period) || period < 1 || arm.Length == 0)
                return (i + 1, new("the line is not a subject, a period and an arm", "give the file as it was written"));
            periods.Add(new(subject, period, arm));
        }
        opening = new(text, head[0], head[1], head[2], head[3], head[4], periods);
        return (0, null);
    }
}

/// <summary>One line of an opened allocation.</summary>
/// <param name="Subject">The place's id.</param>
/// <param name="Period">1 first.</param>
/// <param name="Arm">The arm's name; see <see cref="TrialArm.Name"/>.</param>
public sealed record OpenedPeriod(string Subject, int Period, string Arm)
{
    /// <summary>Whether it held the drug.</summary>
    public bool Drug => Arm != "placebo";
}
