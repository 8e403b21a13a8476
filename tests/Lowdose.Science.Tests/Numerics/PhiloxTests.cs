using Lowdose.Science.Numerics;

namespace Lowdose.Science.Tests.Numerics;

public class A_counter_based_stream
{
    // Known-answer vectors of the Random123 distribution, philox4x32 with 10 rounds.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Gives_the_authors_known_answers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint a0, uint a1, uint a2, uint a3) =>
        Philox.Block(c0, c1, c2, c3, k0, k1).ShouldBe((a0, a1, a2, a3));

    [Fact]
    public void Replays_from_its_seed_and_differs_between_streams()
    {
        Philox one = new(7, 3), again = new(7, 3), other = new(7, 4);
        var first = Enumerable.Range(0, 100).Select(_ => one.NextUniform()).ToArray();
        first.ShouldBe(Enumerable.Range(0, 100).Select(_ => again.NextUniform()).ToArray());
        first.ShouldNotBe(Enumerable.Range(0, 100).Select(_ => other.NextUniform()).ToArray());
    }

    [Fact]
    public void Draws_normals_with_mean_0_variance_1_and_normal_tails()
    {
        var stream = new Philox(1, 1);
        var draws = Enumerable.Range(0, 200_000).Select(_ => stream.NextNormal()).ToArray();
        draws.Average().ShouldBe(0, 0.01);
        draws.Average(z => z * z).ShouldBe(1, 0.015);
        (draws.Count(z => z > 1.959963984540054) / 200_000.0).ShouldBe(0.025, 0.0015);
    }
}
