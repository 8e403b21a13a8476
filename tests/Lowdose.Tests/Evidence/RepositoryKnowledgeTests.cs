namespace Lowdose.Tests.Evidence;

/// <summary>What this repository knows is complete and holds together.</summary>
public sealed class RepositoryKnowledgeTests
{
    [Fact]
    public void The_knowledge_of_the_repository_loads_without_a_defect() => RepositoryKnowledge.Reading.Defects.ShouldBeEmpty();
}
