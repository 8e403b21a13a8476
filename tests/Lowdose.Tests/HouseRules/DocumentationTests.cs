using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Lowdose.Science.Inference;

namespace Lowdose.Tests.HouseRules;

/// <summary>Every public member of Science says what it is; every verb says what it takes, gives back and rests on.</summary>
public sealed class DocumentationTests
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, XElement[]> Documented = Read(XDocument.Load(Path.ChangeExtension(typeof(Course).Assembly.Location, ".xml")));

    [Fact]
    public void Every_public_member_of_Science_is_documented() =>
        Silent(typeof(Course).Assembly.GetExportedTypes(), Documented).ShouldBeEmpty();

    [Fact]
    public void Every_verb_of_Science_documents_its_arguments_its_result_and_its_source() =>
        HalfSaid(typeof(Course).Assembly.GetExportedTypes().Where(t => !t.Namespace!.EndsWith(".Numerics", StringComparison.Ordinal)), Documented).ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_an_undocumented_type_property_and_overload()
    {
        var some = Read(XDocument.Parse("""
            <doc><members>
            <member name="M:Lowdose.Tests.HouseRules.Synthetic.Mute.Said(System.Int32)"><summary>One.</summary></member>
            <member name="P:Lowdose.Tests.HouseRules.Synthetic.Mute.Empty"><summary> </summary></member>
            </members></doc>
            """));
        Silent([typeof(Synthetic.Mute)], some).ShouldBe(["T:Lowdose.Tests.HouseRules.Synthetic.Mute", "P:Lowdose.Tests.HouseRules.Synthetic.Mute.Empty",
            "M:Lowdose.Tests.HouseRules.Synthetic.Mute.Said"], ignoreOrder: true);
    }

    [Fact]
    public void The_rule_sees_a_verb_without_result_argument_or_source()
    {
        var some = Read(XDocument.Parse("""
            <doc><members>
            <member name="T:Lowdose.Tests.HouseRules.Synthetic.Verb"><summary>Does.</summary></member>
            <member name="M:Lowdose.Tests.HouseRules.Synthetic.Verb.Do(System.Double)"><summary>Does it.</summary></member>
            </members></doc>
            """));
        HalfSaid([typeof(Synthetic.Verb)], some).ShouldBe(["Verb names no source", "Verb.Do does not say what doseMg is", "Verb.Do does not say what it returns"], ignoreOrder: true);
    }

    /// <summary>Documentation by member name; overloads share one.</summary>
    private static Dictionary<string, XElement[]> Read(XDocument document) =>
        document.Descendants("member").GroupBy(m => ((string)m.Attribute("name")!).Split('(')[0]).ToDictionary(g => g.Key, g => g.ToArray());

    private static IEnumerable<string> Silent(IEnumerable<Type> types, Dictionary<string, XElement[]> documented) =>
        from type in types
        from member in type.GetMembers(Public).Append(type)
        where IsWritten(member)
        group member by Id(member) into same
        let said = documented.GetValueOrDefault(same.Key, []).Count(e => e.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(e.Element("summary")?.Value))
        where said < same.Count()
        select same.Key;

    private static IEnumerable<string> HalfSaid(IEnumerable<Type> types, Dictionary<string, XElement[]> documented)
    {
        foreach (var verb in types.Where(t => t is { IsAbstract: true, IsSealed: true }))
        {
            if (!documented.GetValueOrDefault(Id(verb), []).Any(e => e.Value.Contains("Source:", StringComparison.Ordinal)))
                yield return $"{verb.Name} names no source";
            foreach (var method in verb.GetMethods(Public).Where(m => !m.IsSpecialName).DistinctBy(m => m.Name))
            {
                var said = documented.GetValueOrDefault(Id(method), []);
                if (method.ReturnType != typeof(void) && !said.Any(e => e.Element("returns") is not null))
                    yield return $"{verb.Name}.{method.Name} does not say what it returns";
                foreach (var parameter in method.GetParameters().Where(p => !said.Any(e => e.Elements("param").Any(x => (string?)x.Attribute("name") == p.Name))))
                    yield return $"{verb.Name}.{method.Name} does not say what {parameter.Name} is";
            }
        }
    }

    /// <summary>Not made by the compiler, and not the inside of a property, of an enum or of a delegate.</summary>
    private static bool IsWritten(MemberInfo member) => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && (member is Type || !member.DeclaringType!.IsSubclassOf(typeof(Delegate))) && member switch
    {
        MethodInfo method => !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal),
        FieldInfo field => !field.IsSpecialName,
        ConstructorInfo made => made.GetParameters().Length > 0 && !IsRecord(made.DeclaringType!),
        PropertyInfo property => !IsPositional(property),
        Type nested => nested.IsPublic,
        _ => true,
    };

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null;

    /// <summary>A positional property of a record, which the record's own <c>param</c> documents.</summary>
    private static bool IsPositional(PropertyInfo property) => IsRecord(property.DeclaringType!) &&
        property.DeclaringType!.GetConstructors().Any(c => c.GetParameters().Any(p => p.Name == property.Name));

    private static string Id(MemberInfo member)
    {
        var owner = (member as Type ?? member.DeclaringType!).FullName!.Replace('+', '.');
        return member switch
        {
            Type => "T:" + owner,
            PropertyInfo => $"P:{owner}.{member.Name}",
            FieldInfo => $"F:{owner}.{member.Name}",
            EventInfo => $"E:{owner}.{member.Name}",
            ConstructorInfo => $"M:{owner}.#ctor",
            MethodInfo { IsGenericMethod: true } generic => $"M:{owner}.{member.Name}``{generic.GetGenericArguments().Length}",
            _ => $"M:{owner}.{member.Name}",
        };
    }
}
