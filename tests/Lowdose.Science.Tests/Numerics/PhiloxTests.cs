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
    public void Four_blocks_at_once_are_the_four_blocks_one_by_one()
    {
        var stream = new Philox(0x1234_5678_9ABC_DEF0, 0xFEDC_BA98_7654_3210);
        for (ulong block = 0; block < 9; block++)
        {
            var (a, b, c, d) = Philox.Block((uint)block, 0, 0x76543210, 0xFEDCBA98, 0x9ABCDEF0, 0x12345678);
            foreach (var bits in new[] { ((ulong)a << 32) | b, ((ulong)c << 32) | d }) stream.NextUniform().ShouldBe((bits >> 11) * 1.1102230246251565e-16 + 5.551115123125783e-17);
        }
    }

    [Fact]
    public void Fills_with_the_numbers_that_come_one_by_one()
    {
        Philox one = new(3, 5), many = new(3, 5);
        var uniforms = new double[21];
        many.FillUniforms(uniforms);
        uniforms.Order().ShouldBe(Enumerable.Range(0, 24).Select(_ => one.NextUniform()).Intersect(uniforms).Order());
        var normals = new double[200_000];
        new Philox(9, 9).FillNormals(normals);
        normals.Average().ShouldBe(0, 0.01);
        normals.Average(z => z * z).ShouldBe(1, 0.015);
        normals.Average(z => z * z * z * z).ShouldBe(3, 0.1);
        normals.Zip(normals.Skip(1), (a, b) => a * b).Average().ShouldBe(0, 0.01);
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
