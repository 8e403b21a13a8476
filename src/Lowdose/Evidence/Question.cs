namespace Lowdose.Evidence;

/// <summary>A question that studies are pooled to answer.</summary>
/// <param name="Id">As an outcome's <c>pools</c> has it, e.g. <c>fibromyalgia-pain</c>.</param>
/// <param name="Asks">The question in words.</param>
/// <param name="Reads">What its number is, and which side is the good one.</param>
/// <param name="From">Which studies may answer it.</param>
/// <param name="Conditions">The conditions whose studies are looked through.</param>
/// <param name="AsOf">The day up to which studies were looked for.</param>
/// <param name="Excluded">Studies that stay out for a reason of their own.</param>
/// <param name="Cautions">What must stand beside the answer, a sentence or two each.</param>
/// <param name="Published">Published meta-analyses that answer it too, by their own sums.</param>
public sealed record Question(string Id, string Asks, string Reads, QuestionFrom From, IReadOnlyList<string> Conditions, DateOnly AsOf, IReadOnlyList<Exclusion> Excluded,
    IReadOnlyList<string> Cautions, IReadOnlyList<Published> Published)
{
    /// <summary>Whether an outcome of the study enters.</summary>
    /// <param name="study">Any study.</param>
    public bool Includes(Study study) => study.Outcomes.Concat(study.Adverse).Any(o => o.Pools == Id);

    /// <summary>The studies of its conditions that do not enter, by year, each with the reason.</summary>
    /// <param name="studies">All there are.</param>
    public IEnumerable<Exclusion> Out(IEnumerable<Study> studies) =>
        from study in studies
        where study.Conditions.Any(Conditions.Contains) && !Includes(study)
        orderby study.Year ?? int.MaxValue, study.Id
        select Excluded.FirstOrDefault(e => e.Study == study.Id) ?? new Exclusion(study.Id, ByItsKind(study));

    /// <summary>The reason that a study's own data give, where nobody wrote one.</summary>
    private string ByItsKind(Study study) => study switch
    {
        { ReportOf: { } first } => $"A further report of {first}. Its people count once.",
        { Status: StudyStatus.NoResult } => "It has no result yet.",
        { Status: StudyStatus.Withdrawn } => "It was called off.",
        { Design: StudyDesign.MetaAnalysis or StudyDesign.Review or StudyDesign.Opinion } => "It tells of other studies, which count themselves.",
        { Design: StudyDesign.Laboratory or StudyDesign.Animal or StudyDesign.Imaging } => "It is of cells, animals or scans.",
        { Design: StudyDesign.CaseReport } => "It tells of single cases.",
        { IsRandomised: true } when From == QuestionFrom.Uncontrolled => "Chance decided who took what. It belongs to another question.",
        { Design: StudyDesign.BeforeAfter or StudyDesign.Retrospective or StudyDesign.Register } when From == QuestionFrom.Randomised => "No group to compare with.",
        { IsRandomised: false } when From == QuestionFrom.Randomised => "Chance did not decide who took what.",
        _ => "We have no number of it that answers this question.",
    };
}

/// <summary>A study that does not enter a question.</summary>
/// <param name="Study">Its id.</param>
/// <param name="Why">In a sentence or two.</param>
public sealed record Exclusion(string Study, string Why);

/// <summary>A published meta-analysis that answers the same question.</summary>
/// <param name="Study">Its id.</param>
/// <param name="Outcome">The name of its outcome.</param>
/// <param name="Why">Why its number is another than ours.</param>
public sealed record Published(string Study, string Outcome, string Why);

/// <summary>Which studies may answer a question.</summary>
public enum QuestionFrom
{
    /// <summary>Those in which chance decided who took what when.</summary>
    Randomised = 1,
    /// <summary>Those without a group to compare with.</summary>
    Uncontrolled,
}
