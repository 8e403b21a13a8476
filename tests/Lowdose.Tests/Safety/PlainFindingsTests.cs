using Lowdose.Safety;
using Lowdose.Tests.Evidence;
using NodaTime;

namespace Lowdose.Tests.Safety;

/// <summary>Findings as they are put together can be read by a tired person too, whatever they are about.</summary>
public sealed class PlainFindingsTests
{
    private static readonly LocalDate Today = new(2026, 11, 21);
    private static readonly Screen Screen = new(Some.Knowledge);

    [Fact]
    public void Every_finding_says_what_to_do_at_reading_grade_6_or_below()
    {
        var names = ReadingGrade.NamesOf(Some.Knowledge);
        var findings = Everyone().SelectMany(p => Screen.Of(p).Findings).DistinctBy(f => f.Rule + f.Do).ToArray();
        findings.Select(f => f.Rule).Distinct().Count().ShouldBeGreaterThanOrEqualTo(25);
        (from finding in findings
         let grade = ReadingGrade.Of([finding.Do], names)
         where grade > 6
         select $"{finding.Rule} {grade:F1}: {finding.Do}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_open_question_is_asked_at_reading_grade_6_or_below()
    {
        var names = ReadingGrade.NamesOf(Some.Knowledge);
        var questions = Everyone().Append(new Profile(null, null, null, null, null, null, null, Today)).SelectMany(p => Screen.Of(p).Unanswered).Distinct().ToArray();
        ReadingGrade.Of(questions, names).ShouldBeLessThanOrEqualTo(6);
    }

    /// <summary>People who between them have everything the knowledge speaks of: taken now, stopped lately, stopped long ago.</summary>
    private static IEnumerable<Profile> Everyone()
    {
        var nobody = new Profile([], [], [], Pregnancy.No, 43, [], [], Today);
        foreach (var substance in Some.Knowledge.Substances.Values)
            foreach (var last in (LocalDate?[])[null, Today.PlusDays(-3), Today.PlusDays(-400)])
                yield return nobody with { Medicines = [new(substance.Names[0], LastTaken: last)] };
        foreach (var trigger in Some.Knowledge.Rules.Values.SelectMany(r => r.Triggers))
        {
            if (trigger.Conditions.Count > 0) yield return nobody with { Conditions = [trigger.Conditions[0]] };
            if (trigger.Allergies.Count > 0) yield return nobody with { Allergies = [trigger.Allergies[0]] };
            if (trigger.Lab is { } lab) yield return nobody with { Labs = [new(lab.Loinc.Value, (lab.Above?.High ?? 0) + 1, lab.Unit, Today)] };
        }
        foreach (var opioids in (bool?[])[null, true, false])
            foreach (var days in (int?[])[null, 3, 10, 200])
                foreach (var course in (Medicine[][])[[], [new("naltrexone 4.5 mg")]])
                    yield return nobody with { Medicines = course, Surgeries = [new(days is { } d ? Today.PlusDays(d) : null, opioids)] };
        foreach (var pregnancy in Enum.GetValues<Pregnancy>()) yield return nobody with { Pregnancy = pregnancy };
        yield return nobody with { Age = 12 };
    }
}
