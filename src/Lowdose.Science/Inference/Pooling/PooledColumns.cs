namespace Lowdose.Science.Inference.Pooling;

/// <summary>
/// Everyone's scored days in one piece of memory, and which columns the model has. The basis is what varies within a
/// person (1, onset, day's covariates, y last); a fixed column is a basis column times a number of the person's.
/// </summary>
internal sealed class PooledColumns
{
    /// <summary>A fixed column: its basis column, and whose number it is multiplied by (−1: none).</summary>
    public readonly record struct Column(int Basis, int Scale);

    private readonly List<(int Covariate, bool TimesOnset)> _varying = [];

    public PooledColumns(PooledStudy study)
    {
        Study = study;
        People = study.People.Count;
        Start = new int[People + 1];
        for (var i = 0; i < People; i++) Start[i + 1] = Start[i] + study.People[i].Days.Length;
        Scored = Start[^1];
        Middle = Scored == 0 ? 0 : study.People.Sum(p => p.Scores.Sum()) / Scored;
        Layout(study);
        Values = new double[Scored * Varying];
        Scales = new double[People * Math.Max(1, ScaleCount)];
        Fill(study);
    }

    public PooledStudy Study { get; }
    public int People { get; }
    /// <summary>Scored days in all.</summary>
    public int Scored { get; }
    /// <summary>Where each person's rows begin; one more than people.</summary>
    public int[] Start { get; }
    /// <summary>The mean score, which y is taken from.</summary>
    public double Middle { get; }
    /// <summary>Basis columns that are not the constant 1: onset, day's covariates, y.</summary>
    public int Varying => _varying.Count + 2;
    /// <summary>All basis columns.</summary>
    public int Basis => Varying + 1;
    /// <summary>Row-major, Scored × Varying; the onset columns are written by <see cref="SetOnset"/>.</summary>
    public double[] Values { get; }
    /// <summary>Fixed columns in the order reported.</summary>
    public List<Column> Fixed { get; } = [];
    /// <summary>Numbers a person, People × ScaleCount.</summary>
    public double[] Scales { get; }
    public int ScaleCount { get; private set; }
    /// <summary>The mean over scored days of every covariate.</summary>
    public double[] Means { get; private set; } = [];
    /// <summary>The longest onset that blocks of this length can show: docs/methods/course-model.md, fast switching.</summary>
    public double TauMax => MedianBlock() is var b && b < 7 ? Math.Max(1, b / 2) : CourseModel.TauCeiling;

    /// <summary>Writes the onset a_t(τ) of every scored day.</summary>
    /// <param name="tau">Days; 0 for on or off at once.</param>
    public void SetOnset(double tau)
    {
        var rise = tau == 0 ? 1 : 1 - Math.Exp(-1 / tau);
        for (var person = 0; person < People; person++)
        {
            var diary = Study.People[person];
            var level = 0.0;
            var day = 0;
            for (var i = 0; i < diary.Days.Length; i++)
            {
                for (; day <= diary.Days[i]; day++) level += ((diary.OnDrug[day] ? 1 : 0) - level) * rise;
                var row = (Start[person] + i) * Varying;
                Values[row] = level;
                for (var v = 0; v < _varying.Count; v++)
                    if (_varying[v].TimesOnset) Values[row + 1 + v] = level * (Of(diary, _varying[v].Covariate, i) - Means[_varying[v].Covariate]);
            }
        }
    }

    private void Layout(PooledStudy study)
    {
        Fixed.Add(new(0, -1));
        Fixed.Add(new(1, -1));
        Means = new double[study.Predicts.Count];
        for (var c = 0; c < study.Predicts.Count; c++)
        {
            var covariate = c;
            Means[c] = study.People.Sum(p => p.Covariates[covariate].Length == 1 ? p.Covariates[covariate][0] * p.Days.Length : p.Covariates[covariate].Sum()) / Math.Max(1, Scored);
            if (study.People.All(p => p.Covariates[covariate].Length == 1))
            {
                Fixed.Add(new(0, ScaleCount));
                if (study.Predicts[c]) Fixed.Add(new(1, ScaleCount));
                ScaleCount++;
                continue;
            }
            _varying.Add((c, false));
            Fixed.Add(new(1 + _varying.Count, -1));
            if (!study.Predicts[c]) continue;
            _varying.Add((c, true));
            Fixed.Add(new(1 + _varying.Count, -1));
        }
    }

    private void Fill(PooledStudy study)
    {
        for (var person = 0; person < People; person++)
        {
            var diary = study.People[person];
            var scale = 0;
            for (var c = 0; c < study.Predicts.Count; c++)
                if (!_varying.Exists(v => v.Covariate == c)) Scales[person * ScaleCount + scale++] = diary.Covariates[c][0] - Means[c];
            for (var i = 0; i < diary.Days.Length; i++)
            {
                var row = (Start[person] + i) * Varying;
                Values[row + Varying - 1] = diary.Scores[i] - Middle;
                for (var v = 0; v < _varying.Count; v++)
                    if (!_varying[v].TimesOnset) Values[row + 1 + v] = Of(diary, _varying[v].Covariate, i) - Means[_varying[v].Covariate];
            }
        }
    }

    /// <summary>A person's effect in the fixed columns: the onset column, and its products with their own predictors.</summary>
    public void EffectRow(int person, Span<double> row)
    {
        row.Clear();
        row[1] = 1;
        for (var j = 2; j < Fixed.Count; j++)
            if (Fixed[j].Basis == 1) row[j] = Scales[person * ScaleCount + Fixed[j].Scale];
            else if (Fixed[j].Scale < 0 && _varying[Fixed[j].Basis - 2] is { TimesOnset: true } product)
                row[j] = Study.People[person].Covariates[product.Covariate].DefaultIfEmpty(Means[product.Covariate]).Average() - Means[product.Covariate];
    }

    /// <summary>The fixed column of every covariate's own effect, with the covariate.</summary>
    public IEnumerable<(int Column, int Covariate)> OwnColumns()
    {
        var column = 2;
        for (var c = 0; c < Study.Predicts.Count; c++)
        {
            yield return (column, c);
            column += Study.Predicts[c] ? 2 : 1;
        }
    }

    /// <summary>Σ of the squares of the scores about their mean.</summary>
    public double SquareOfScores()
    {
        var sum = 0.0;
        for (var row = 0; row < Scored; row++) sum += Values[row * Varying + Varying - 1] * Values[row * Varying + Varying - 1];
        return sum;
    }

    private static double Of(PooledDiary diary, int covariate, int score) => diary.Covariates[covariate] is { Length: 1 } one ? one[0] : diary.Covariates[covariate][score];

    /// <summary>The median over everyone's days of the length of the run of days on or off drug each belongs to.</summary>
    private double MedianBlock()
    {
        var daysOfLength = new SortedDictionary<int, long>();
        var total = 0L;
        foreach (var diary in Study.People)
            for (var start = 0; start < diary.OnDrug.Length;)
            {
                var end = start;
                while (end < diary.OnDrug.Length && diary.OnDrug[end] == diary.OnDrug[start]) end++;
                daysOfLength[end - start] = daysOfLength.GetValueOrDefault(end - start) + end - start;
                total += end - start;
                start = end;
            }
        var below = 0L;
        foreach (var (length, days) in daysOfLength)
            if (2 * (below += days) >= total) return length;
        return CourseModel.TauCeiling;
    }
}
