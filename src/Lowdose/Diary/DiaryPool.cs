using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Diary;

/// <summary>Diaries pooled in one model of all days.</summary>
/// <param name="Analysis">How.</param>
/// <param name="Diaries">Whose.</param>
/// <param name="Effect">What came out, in the outcome's own sign.</param>
public sealed record DiaryPool(PoolAnalysis Analysis, PooledDiaries Diaries, PooledEffect Effect)
{
    /// <summary>Pools diaries of which at least one has a scored day left.</summary>
    public static DiaryPool Of(PoolAnalysis analysis, PooledDiaries diaries) => new(analysis, diaries, Pool.OneStage(new PooledStudy
    {
        People = diaries.Diaries,
        Predicts = analysis.Predicts,
        MeaningfulChange = analysis.MeaningfulChange(analysis.Outcome.ScaleMax - analysis.Outcome.ScaleMin),
        HigherIsBetter = analysis.Outcome.HigherIsBetter,
        TauDays = analysis.TauDays,
        Restricted = analysis.Restricted,
    }));
}
