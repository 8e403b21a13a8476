using Lowdose.Records;

namespace Lowdose.Acceptance.Records;

public sealed class RememberedAnswersTests
{
    private readonly RememberedAnswers remembered = new();
    private int asked;

    [Fact]
    public void An_answer_is_asked_for_once_and_again_after_a_change()
    {
        Ask("a").ShouldBe("a1");
        Ask("a").ShouldBe("a1");
        Ask("b").ShouldBe("b2");
        remembered.Forget();
        Ask("a").ShouldBe("a3");
        Ask("a").ShouldBe("a3");
    }

    [Fact]
    public void An_answer_that_a_change_overtook_while_it_was_asked_for_is_not_given_again()
    {
        remembered.Of("name", "a", () =>
        {
            remembered.Forget();
            return "old";
        }).ShouldBe("old");
        Ask("a").ShouldBe("a1");
    }

    [Fact]
    public void One_answer_is_forgotten_alone()
    {
        Ask("a");
        Ask("b");
        remembered.Forget("name", "a");
        Ask("a").ShouldBe("a3");
        Ask("b").ShouldBe("b2");
    }

    [Fact]
    public void What_is_not_there_is_asked_for_each_time()
    {
        remembered.Of<string>("name", "a", () => null).ShouldBeNull();
        Ask("a").ShouldBe("a1");
    }

    private string? Ask(string id) => remembered.Of("name", id, () => id + ++asked);
}
