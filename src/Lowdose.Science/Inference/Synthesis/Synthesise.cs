namespace Lowdose.Science.Inference.Synthesis;

/// <summary>Says what several studies say together. Source: docs/methods/meta-analysis.md.</summary>
public static class Synthesise
{
    /// <summary>Leaving out and adding up are done for at most so many studies: they fit the model anew for each.</summary>
    public const int MostRefits = 2000;

    /// <summary>Everything at once: the fit, its sensitivity, and the groups.</summary>
    /// <param name="set">The studies.</param>
    /// <param name="order">The order of adding up; null for that of the set.</param>
    /// <param name="groups">Each study's group; null or empty for none.</param>
    /// <returns>Null where there are fewer studies than coefficients (τ² counts as one).</returns>
    /// <exception cref="ArgumentException">As for <see cref="Studies"/> and <see cref="Subgroups"/>.</exception>
    public static MetaAnalysis? Everything(StudySet set, IReadOnlyList<int>? order = null, IReadOnlyList<int>? groups = null)
    {
        if (Studies(set) is not { } fit) return null;
        order ??= [.. Enumerable.Range(0, set.Effects.Count)];
        return new MetaAnalysis
        {
            Set = set,
            Fit = fit,
            TauInterval = TauInterval(set),
            Egger = Egger(set),
            TrimmedAndFilled = TrimAndFill(set),
            LeaveOneOut = LeaveOneOut(set),
            Order = order,
            Cumulative = Cumulative(set with { Effects = [.. order.Select(i => set.Effects[i])] }),
            Subgroups = groups is { Count: > 0 } ? Subgroups(set, groups) : null,
        };
    }

    /// <summary>Pools studies, with or without moderators.</summary>
    /// <param name="set">The studies.</param>
    /// <returns>The fit; null where there are fewer studies than coefficients (τ² counts as one).</returns>
    /// <exception cref="ArgumentException">No study, an effect that is not finite, a variance not above 0, or a moderator of another length or with a gap.</exception>
    public static MetaFit? Studies(StudySet set) => Fitting.Of(Checked(set));

    /// <summary>The 95 % Q-profile interval of τ².</summary>
    /// <param name="set">The studies.</param>
    /// <returns>NaN under equal effects and where no degree of freedom is left; (0, 0) where even τ² = 0 would be too large.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Studies"/>.</exception>
    public static (double Lo, double Hi) TauInterval(StudySet set) =>
        Checked(set).Method == TauMethod.EE || new WeightedStudies(set.Effects, set.Moderators) is not { } studies || Fitting.TooFew(set, studies) ? (double.NaN, double.NaN) : Heterogeneity.Interval(studies, 0.95);

    /// <summary>The fit without each study in turn, in order.</summary>
    /// <param name="set">The studies, without moderators.</param>
    /// <returns>Empty with one study, with moderators, or beyond <see cref="MostRefits"/>.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Studies"/>.</exception>
    public static IReadOnlyList<MetaFit> LeaveOneOut(StudySet set)
    {
        var effects = Checked(set).Effects;
        return set.Moderators.Count > 0 || effects.Count is < 2 or > MostRefits ? [] : [.. effects.Select((_, left) => Fitting.Of(set with { Effects = [.. effects.Where((_, i) => i != left)] })!)];
    }

    /// <summary>The fit of the first study, of the first two, and so on to all.</summary>
    /// <param name="set">The studies, without moderators, in the order of adding.</param>
    /// <returns>Empty with moderators, or beyond <see cref="MostRefits"/>.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Studies"/>.</exception>
    public static IReadOnlyList<MetaFit> Cumulative(StudySet set)
    {
        var effects = Checked(set).Effects;
        return set.Moderators.Count > 0 || effects.Count > MostRefits ? [] : [.. effects.Select((_, last) => Fitting.Of(set with { Effects = [.. effects.Take(last + 1)] })!)];
    }

    /// <summary>Egger's test: whether small studies say something else than large ones.</summary>
    /// <param name="set">The studies.</param>
    /// <returns>Null with too few studies, or with equal variances.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Studies"/>.</exception>
    public static EggerTest? Egger(StudySet set) => Sensitivity.Egger(Checked(set));

    /// <summary>Trim and fill: how many studies seem to be missing on one side, and the answer with them.</summary>
    /// <param name="set">The studies, without moderators.</param>
    /// <returns>Null with moderators, too few studies or equal variances, or where the rounds do not settle.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Studies"/>.</exception>
    public static TrimmedAndFilled? TrimAndFill(StudySet set) => Sensitivity.TrimAndFill(Checked(set));

    /// <summary>Each group of studies alone, with a τ² of its own, and the test of their difference.</summary>
    /// <param name="set">The studies; moderators are left out.</param>
    /// <param name="groups">Each study's group.</param>
    /// <returns>The groups in ascending order.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Studies"/>, or not one group a study.</exception>
    public static Subgroups Subgroups(StudySet set, IReadOnlyList<int> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return groups.Count == Checked(set).Effects.Count ? Sensitivity.Split(set, groups) : throw new ArgumentException("every study needs a group", nameof(groups));
    }

    /// <summary>What trials at some doses say of the mean effect of any dose; τ² is that of the trials pooled by restricted maximum likelihood.</summary>
    /// <param name="dosesMg">Each trial's dose, mg, above 0.</param>
    /// <param name="effects">Its effect, benefit negative.</param>
    /// <param name="range">The range of the scale, points.</param>
    /// <returns>The mean effect of any dose with its spread, points.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Studies"/>, not one dose a trial, or a dose or range not above 0.</exception>
    public static DoseCurve OverDoses(IReadOnlyList<double> dosesMg, IReadOnlyList<StudyEffect> effects, double range)
    {
        ArgumentNullException.ThrowIfNull(dosesMg);
        var set = Checked(new StudySet { Effects = effects });
        if (dosesMg.Count != effects.Count || !dosesMg.All(d => d > 0 && double.IsFinite(d)) || !(range > 0)) throw new ArgumentException("every trial needs a dose above 0, and the scale a range", nameof(dosesMg));
        return new DoseCurve(dosesMg, effects, Fitting.Of(set)!.Tau2, range);
    }

    private static StudySet Checked(StudySet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Effects.Count == 0) throw new ArgumentException("a synthesis needs a study", nameof(set));
        foreach (var effect in set.Effects)
            if (!double.IsFinite(effect.Estimate) || !(effect.Variance > 0 && double.IsFinite(effect.Variance)))
                throw new ArgumentException("every study needs a finite effect and a variance above 0", nameof(set));
        foreach (var moderator in set.Moderators)
            if (moderator.Length != set.Effects.Count || !moderator.All(double.IsFinite)) throw new ArgumentException("every moderator needs a finite number a study", nameof(set));
        return set;
    }
}
