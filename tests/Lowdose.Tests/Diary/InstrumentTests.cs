using FsCheck;
using FsCheck.Fluent;
using Lowdose.Diary;
using Lowdose.Evidence;
using Lowdose.Tests.Evidence;

namespace Lowdose.Tests.Diary;

/// <summary>Questionnaires counted: cases worked by hand from the published rules, and the rules written out a second time, area by area.</summary>
public sealed class InstrumentTests
{
    private static readonly string[] Sides = ["left", "right"];
    private static readonly string[] Areas = [.. Sides.SelectMany(s => new[] { "jaw", "shoulder", "upper-arm", "lower-arm", "hip", "upper-leg", "lower-leg" }.Select(a => $"{a}-{s}")),
        "neck", "upper-back", "lower-back", "chest", "abdomen"];
    private static readonly string[] Exclusions = ["other-rheumatoid-arthritis", "other-autoimmune", "other-multiple-sclerosis", "other-depression", "other-illness"];

    [Fact]
    public void There_are_19_areas() => Areas.Length.ShouldBe(19);

    /// <summary>The published table at every edge: areas, severity, met.</summary>
    [Theory]
    [InlineData(7, 5, true)]
    [InlineData(7, 4, false)]
    [InlineData(6, 9, true)]
    [InlineData(6, 8, false)]
    [InlineData(3, 9, true)]
    [InlineData(3, 12, true)]
    [InlineData(2, 12, false)]
    [InlineData(19, 5, true)]
    [InlineData(0, 0, false)]
    public void The_criteria_of_2010_are_met_from_7_areas_with_5_or_from_3_with_9(int areas, int severity, bool met)
    {
        var answers = Ticked(Areas.Take(areas)).Concat(Degrees(severity, "complaints")).Append(("three-months", 1)).Concat(Exclusions.Select(e => (e, 0)));
        var scored = Count("acr-2010", answers);
        (Score(scored, "wpi"), Score(scored, "sss")).ShouldBe((areas, severity));
        scored.Conclusions.Single().Met.ShouldBe(met);
    }

    [Fact]
    public void Another_illness_that_explains_the_pain_or_less_than_three_months_rules_the_criteria_of_2010_out()
    {
        var enough = Ticked(Areas).Concat(Degrees(12, "complaints")).ToArray();
        foreach (var exclusion in Exclusions)
            Met("acr-2010", [.. enough, ("three-months", 1), .. Exclusions.Select(e => (e, e == exclusion ? 1 : 0))]).ShouldBe(false);
        Met("acr-2010", [.. enough, ("three-months", 0), .. Exclusions.Select(e => (e, 0))]).ShouldBe(false);
        // Not asked is not "none".
        Met("acr-2010", [.. enough, ("three-months", 1)]).ShouldBeNull();
    }

    /// <summary>2016: four areas, not three; and four regions, for which jaw, chest and belly do not count.</summary>
    [Fact]
    public void The_criteria_of_2016_need_4_areas_and_4_regions_without_jaw_chest_and_belly()
    {
        string[] four = ["shoulder-left", "shoulder-right", "hip-left", "hip-right"];
        Met("acr-2016", In2016(four, 9)).ShouldBe(true);
        Met("acr-2016", In2016(four, 8)).ShouldBe(false);
        Met("acr-2016", In2016(four[..3], 12)).ShouldBe(false);
        Met("acr-2016", In2016(["jaw-left", "jaw-right", "hip-left", "hip-right", "chest"], 12)).ShouldBe(false);
        Met("acr-2016", In2016(["jaw-left", "jaw-right", "hip-left", "hip-right", "chest", "abdomen", "neck"], 12)).ShouldBe(false);
        Met("acr-2016", In2016([.. four[..3], "neck"], 9)).ShouldBe(true);
        Met("acr-2016", In2016([.. four[..3], "neck", "upper-back", "lower-back", "chest"], 5)).ShouldBe(true);
        Met("acr-2016", In2016([.. four[..3], "neck", "upper-back", "lower-back", "chest"], 4)).ShouldBe(false);
        Score(Count("acr-2016", In2016(Areas, 12)), "fs").ShouldBe(31);
    }

    [Fact]
    public void The_two_criteria_say_what_the_rules_written_out_say() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var likely = random.NextDouble();
            string[] hurts = [.. Areas.Where(_ => random.NextDouble() < likely)];
            var severity = random.Next(13);
            var (months, ill) = (random.Next(8) > 0, random.Next(8) == 0);
            var met2010 = Met("acr-2010", [.. Ticked(hurts), .. Degrees(severity, "complaints"), ("three-months", months ? 1 : 0), .. Exclusions.Select((e, i) => (e, ill && i == seed % 5 ? 1 : 0))]);
            var met2016 = Met("acr-2016", In2016(hurts, severity, months));
            return met2010 == By2010(hurts.Length, severity, months, ill) && met2016 == By2016(hurts, severity, months);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    /// <summary>Every way to fill in what was left out is tried.</summary>
    [Fact]
    public void What_is_said_with_answers_missing_holds_however_they_are_filled_in() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            (string Item, int Answer)[] all = [.. In2016([.. Areas.Where(_ => random.Next(3) > 0)], random.Next(13), random.Next(5) > 0)];
            random.Shuffle(all);
            var left = all.Take(3).Select(a => a.Item).ToArray();
            var said = Met("acr-2016", all.Skip(3));
            var instrument = RepositoryKnowledge.Knowledge.Instruments["acr-2016"];
            bool?[] possible = [.. from a in Places(left[0]) from b in Places(left[1]) from c in Places(left[2])
                                   select Met("acr-2016", [.. all.Skip(3), (left[0], a), (left[1], b), (left[2], c)])];
            return possible.All(p => p is not null) && (said is null || possible.All(p => p == said));

            IEnumerable<int> Places(string item) => Enumerable.Range(0, instrument.Items.Single(i => i.Id == item).Answers.Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Feeling_worse_after_exertion_needs_frequency_and_severity_of_2_in_one_and_the_same_item()
    {
        Pem([("item-1-often", 2), ("item-1-bad", 2)]).ShouldBe((true, null));
        Pem([("item-1-often", 4), ("item-1-bad", 1), ("item-2-often", 1), ("item-2-bad", 4)], rest: 0).ShouldBe((false, false));
        Pem([("item-5-often", 2), ("item-5-bad", 2), ("item-7", 1), ("item-9", 4)], rest: 0).ShouldBe((true, true));
        Pem([("item-5-often", 2), ("item-5-bad", 2), ("item-8", 1), ("item-9", 3)], rest: 0).ShouldBe((true, false));
        Pem([("item-5-often", 2), ("item-5-bad", 2), ("item-9", 5)], rest: 0).ShouldBe((true, false));
        Pem([("item-9", 5)]).ShouldBe((null, null));
    }

    [Fact]
    public void The_short_form_gives_each_item_the_mean_of_how_often_and_how_bad_times_25()
    {
        var scored = Count("dsq-sf", [("item-1-often", 4), ("item-1-bad", 3), ("item-2-often", 0), ("item-2-bad", 0)]);
        (Score(scored, "item-1"), Score(scored, "item-2"), Score(scored, "item-3")).ShouldBe((87.5m, 0, null));
        Score(scored, "all").ShouldBeNull();
        Score(Count("dsq-sf", RepositoryKnowledge.Knowledge.Instruments["dsq-sf"].Items.Select(i => (i.Id, 2))), "all").ShouldBe(50);
    }

    [Fact]
    public void An_answer_off_the_scale_or_to_an_item_that_is_not_there_is_refused()
    {
        var instrument = RepositoryKnowledge.Knowledge.Instruments["acr-2016"];
        Scored.Of(instrument, Answers.Of([new("fatigue", 4)]), out _)!.Do.ShouldBe("answer 0 to 3");
        Scored.Of(instrument, Answers.Of([new("nose", 1)]), out _)!.What.ShouldContain("'nose'");
    }

    [Fact]
    public void Every_questionnaire_says_whether_it_may_be_used_and_the_licensed_ones_have_no_words_of_their_own()
    {
        var instruments = RepositoryKnowledge.Knowledge.Instruments;
        instruments.Keys.Order().ShouldBe(["acr-2010", "acr-2016", "dsq-pem", "dsq-sf"]);
        instruments.Values.ShouldAllBe(i => i.Licence.Says.Length > 20);
        instruments["dsq-sf"].Licence.Wording.ShouldBe(ItemWording.Numbers);
        instruments["dsq-sf"].Items.ShouldAllBe(i => i.Text.StartsWith("Item "));
        instruments["dsq-sf"].Mark.IsVerified.ShouldBeFalse();
    }

    private static bool By2010(int areas, int severity, bool months, bool ill) => months && !ill && ((areas >= 7 && severity >= 5) || (areas is >= 3 and <= 6 && severity >= 9));

    private static bool By2016(string[] hurts, int severity, bool months)
    {
        bool Any(params string[] of) => of.Any(hurts.Contains);
        bool[] regions = [Any("shoulder-left", "upper-arm-left", "lower-arm-left"), Any("shoulder-right", "upper-arm-right", "lower-arm-right"),
            Any("hip-left", "upper-leg-left", "lower-leg-left"), Any("hip-right", "upper-leg-right", "lower-leg-right"), Any("neck", "upper-back", "lower-back")];
        return months && regions.Count(r => r) >= 4 && ((hurts.Length >= 7 && severity >= 5) || (hurts.Length is >= 4 and <= 6 && severity >= 9));
    }

    private static (bool? Step1, bool? Step2) Pem((string, int)[] answers, int? rest = null)
    {
        var given = answers.Select(a => a.Item1).ToHashSet();
        var others = rest is { } r ? RepositoryKnowledge.Knowledge.Instruments["dsq-pem"].Items.Where(i => !given.Contains(i.Id)).Select(i => (i.Id, r)) : [];
        var scored = Count("dsq-pem", [.. answers, .. others]);
        return (scored.Conclusions[0].Met, scored.Conclusions[1].Met);
    }

    private static IEnumerable<(string, int)> In2016(IEnumerable<string> hurts, int severity, bool months = true) =>
        [.. Ticked(hurts), .. Degrees(Math.Min(severity, 9)), .. Extra(Math.Max(0, severity - 9)), ("three-months", months ? 1 : 0)];

    private static IEnumerable<(string, int)> Extra(int count) => new[] { "headaches", "belly-cramps", "depression" }.Select((item, i) => (item, i < count ? 1 : 0));

    private static IEnumerable<(string, int)> Ticked(IEnumerable<string> hurts) => hurts.ToHashSet() is var set ? Areas.Select(a => (a, set.Contains(a) ? 1 : 0)) : [];

    /// <summary>Degrees of 0 to 3 that add up, filled in order.</summary>
    private static IEnumerable<(string, int)> Degrees(int total, params string[] more) =>
        new[] { "fatigue", "unrefreshed", "thinking" }.Concat(more).Select((item, i) => (item, Math.Clamp(total - (3 * i), 0, 3)));

    private static Scored Count(string id, IEnumerable<(string Item, int Answer)> answers)
    {
        Scored.Of(RepositoryKnowledge.Knowledge.Instruments[id], Answers.Of(answers.Select(a => new KeyValuePair<string, int>(a.Item, a.Answer))), out var scored).ShouldBeNull();
        return scored!;
    }

    private static bool? Met(string id, IEnumerable<(string, int)> answers) => Count(id, answers).Conclusions[0].Met;

    private static decimal? Score(Scored scored, string id) => scored.Scores.Single(s => s.Score.Id == id).Value;
}
