namespace Lowdose.Science.Inference;

/// <summary>Judges one course. Source: docs/methods/course-model.md.</summary>
public static class Judge
{
    /// <summary>The posterior and the verdict of one course.</summary>
    /// <param name="course">Scores, doses and arms, one a calendar day.</param>
    /// <returns>Means, SDs and quantiles in score units; probabilities in [0, 1].</returns>
    /// <exception cref="ArgumentException">The arrays differ in length or are empty, the scale is empty, or a value is off it.</exception>
    public static Judgement OneCourse(Course course) => throw new InvalidOperationException("being built");
}
