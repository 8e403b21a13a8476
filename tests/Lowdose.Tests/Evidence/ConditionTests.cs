using Lowdose.Evidence;

namespace Lowdose.Tests.Evidence;

/// <summary>Every condition the source texts name is there, and says of its evidence what the studies bear out.</summary>
public sealed class ConditionTests
{
    /// <summary>Every illness that one of the five source texts names.</summary>
    private static readonly string[] Named =
    [
        "fibromyalgia", "mecfs", "crohns", "ibd", "ibs", "multiple-sclerosis", "rheumatoid-arthritis", "lupus", "sjogrens", "crps", "parkinsons", "hiv", "cancer", "hashimotos", "graves", "lyme",
        "liver-disease", "chronic-pain", "depression", "autoimmune-disease", "neurodegenerative", "opioid-dependence", "alcohol-dependence", "hypersomnia", "osteoarthritis", "type-2-diabetes", "atherosclerosis",
        "sibo", "candida", "low-cortisol", "sleep-apnoea", "long-covid",
    ];

    private static readonly StudyDesign[] Uncontrolled =
        [StudyDesign.FixedOrderCrossover, StudyDesign.Crossover, StudyDesign.DoseFinding, StudyDesign.BeforeAfter, StudyDesign.Retrospective, StudyDesign.Register, StudyDesign.Observational, StudyDesign.CaseReport];

    private static Knowledge Known => RepositoryKnowledge.Knowledge;

    [Fact]
    public void Every_condition_a_source_text_names_is_there() => Named.Where(id => !Known.Conditions.ContainsKey(id)).ShouldBeEmpty();

    [Fact]
    public void The_kind_of_evidence_is_the_best_of_the_studies_that_reported() =>
        (from condition in Known.Conditions.Values
         let studies = Known.Studies.Values.Where(s => s.Status == StudyStatus.Reported && s.Conditions.Contains(condition.Id)).ToArray()
         let best = studies.Any(s => s.IsRandomised) ? EvidenceKind.Randomised : studies.Any(s => Uncontrolled.Contains(s.Design)) ? EvidenceKind.Uncontrolled : EvidenceKind.OnlyAnecdote
         where condition.Evidence != best && !(best == EvidenceKind.OnlyAnecdote && condition.Evidence == EvidenceKind.None)
         select $"{condition.Id}: {condition.Evidence}, studies say {best}").ShouldBeEmpty();

    [Fact]
    public void A_condition_with_a_study_or_an_anecdote_has_a_claim() =>
        Known.Conditions.Values.Where(c => c.Evidence != EvidenceKind.None && c.Claims.Count == 0).Select(c => c.Id).ShouldBeEmpty();

    [Fact]
    public void No_name_of_a_condition_is_that_of_another() =>
        Known.Conditions.Values.SelectMany(c => c.OtherNames.Append(c.Name)).GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();

    [Fact]
    public void A_claim_knows_who_says_so_and_who_says_otherwise()
    {
        var claim = Known.Claims["younger2013-pain"];
        claim.For.ShouldBe(["YOUNGER2013"]);
        claim.Against.ShouldBe(["YOUNGER2012abs", "FINAL", "INNOVA"]);
        Known.Claims["fibromyalgia-helps"].SupersededBy.ShouldBe(["final-null", "innova-null"]);
    }

    [Fact]
    public void No_claim_is_superseded_by_itself_or_in_a_circle()
    {
        bool Reaches(string from, string to, int depth = 0) => depth < 20 && Known.Claims[from].SupersededBy.Any(next => next == to || Reaches(next, to, depth + 1));
        Known.Claims.Keys.Where(id => Reaches(id, id)).ShouldBeEmpty();
    }
}
