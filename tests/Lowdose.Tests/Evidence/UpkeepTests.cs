using Lowdose.Evidence;

namespace Lowdose.Tests.Evidence;

/// <summary>What waits for care is found, and what does not is left alone.</summary>
public sealed class UpkeepTests
{
    private static Knowledge Known => RepositoryKnowledge.Knowledge;

    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void What_is_from_memory_is_listed_where_it_stands()
    {
        var found = Upkeep.Of(Known, Today, 6).FromMemory;
        found.ShouldContain("COCHRANE2018: Endoscopic response");
        found.ShouldNotContain(line => line.StartsWith("FINAL: Pain", StringComparison.Ordinal));
        found.ShouldBe(found.Distinct());
    }

    [Fact]
    public void Questions_are_old_after_the_months_given_and_not_before()
    {
        Upkeep.Of(Known, Today, 6).Old.ShouldBeEmpty();
        Upkeep.Of(Known, new(2027, 5, 21), 6).Old.ShouldBeEmpty();
        Upkeep.Of(Known, new(2027, 5, 22), 6).Old.Select(q => q.Id).ShouldBe(Known.Questions.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_reported_study_in_people_without_a_fact_on_bias_is_listed_and_a_laboratory_study_is_not()
    {
        var without = Upkeep.Of(Known, Today, 6).WithoutBias;
        without.Select(s => s.Id).ShouldContain("SHARAF2010");
        without.ShouldAllBe(s => s.BiasFacts.Count == 0 && s.BiasTool != null && s.Status == StudyStatus.Reported);
        without.ShouldNotContain(s => s.Design == StudyDesign.Laboratory);
    }
}
