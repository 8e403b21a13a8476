using Lowdose.Science.Inference;

namespace Lowdose.Science.Tests.Inference;

public class The_integration
{
    public static TheoryData<ulong, bool> Courses
    {
        get
        {
            var courses = new TheoryData<ulong, bool>();
            for (ulong seed = 1; seed <= 12; seed++) courses.Add(seed, seed % 2 == 0);
            return courses;
        }
    }

    private static Course One(ulong seed, bool blinded) =>
        blinded ? Some.Blinded(seed, effect: -(double)(seed % 3)) : Some.Titration(seed, effect: -(double)(seed % 4), rho: 0.3 + 0.05 * seed);

    [Theory]
    [MemberData(nameof(Courses))]
    public void Agrees_with_its_own_dense_grid_ten_times_better_than_it_promises(ulong seed, bool blinded)
    {
        var course = One(seed, blinded);
        var used = CourseInference.Of(course);
        var model = new CourseModel(course);
        var dense = CourseInference.On(model, new CourseIntegral(model), CourseIntegral.FullNodes);
        for (var d = 0; d < used.Effects.Length; d++)
        {
            used.Effects[d].Mean.ShouldBe(dense.Effects[d].Mean, 0.002 * dense.Effects[d].Sd);
            used.Effects[d].Sd.ShouldBe(dense.Effects[d].Sd, 0.002 * dense.Effects[d].Sd);
            used.MeaningfulBenefit(d).ShouldBe(dense.MeaningfulBenefit(d), 0.0005);
        }
    }

    [Fact]
    public void Falls_back_to_the_dense_grid_where_the_two_grids_differ()
    {
        // A large effect over many blocks pins tau far more sharply than the other w do.
        var courses = Enumerable.Range(1, 40).Select(seed => Some.Blinded((ulong)seed, effect: -4, blocks: 8, blockDays: 14)).ToList();
        var engines = courses.Select(c => CourseInference.Of(c).Engine).ToList();
        engines.ShouldContain(e => e.Fallback);
        engines.ShouldAllBe(e => e.GridNodes == (e.Fallback ? CourseIntegral.FullNodes : CourseIntegral.FineNodes));
    }

    [Fact]
    public void Allocates_nothing_per_likelihood_evaluation()
    {
        var model = new CourseModel(Some.Titration());
        model.SetOnset(7);
        var filter = new Whitening(model);
        var point = new CoursePoint(model);
        var rho = System.Runtime.Intrinsics.Vector256.Create(0.2, 0.5, 0.7, 0.9);
        filter.Prepare(rho, 0.3);
        point.Set(filter);
        // A collection that another test sets off in between is counted to this thread too; what the loop itself takes, it takes every time.
        Enumerable.Range(0, 5).Min(_ => Taken()).ShouldBe(0);

        long Taken()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                model.SetOnset(3 + 0.01 * i);
                filter.Prepare(rho, 0.3);
                point.Set(filter);
            }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Copes_with_a_diary_that_has_no_score_at_all()
    {
        var course = Some.Titration();
        var judgement = Judge.OneCourse(course with { Scores = [.. course.Scores.Select(_ => double.NaN)] });
        judgement.Verdict.ShouldBe(Verdict.TooEarly);
        judgement.Doses[^1].Effect.Mean.ShouldBe(0, 1e-6);
        judgement.Doses[^1].Effect.Sd.ShouldBe(2, 1e-3);
    }

    [Fact]
    public void Refuses_arrays_of_different_length_and_scores_off_the_scale()
    {
        var course = Some.Titration();
        Should.Throw<ArgumentException>(() => Judge.OneCourse(course with { DosesMg = [1] }));
        Should.Throw<ArgumentException>(() => Judge.OneCourse(course with { ScaleMax = 3 }));
        Should.Throw<ArgumentException>(() => Judge.OneCourse(course with { ScaleMin = 10 }));
    }
}
