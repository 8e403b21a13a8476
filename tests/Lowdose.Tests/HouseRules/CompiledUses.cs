using System.Reflection;
using System.Reflection.Emit;

namespace Lowdose.Tests.HouseRules;

/// <summary>One thing (type, method or field) that the compiled code of a type uses.</summary>
internal readonly record struct Use(Type From, MemberInfo Used);

/// <summary>
/// Reads what compiled types use: base types, interfaces, attributes, fields, parameters, results, locals and every call in
/// their bodies. It sees through <c>using</c>, <c>var</c> and aliases, which a reader of source would not.
/// </summary>
internal static class CompiledUses
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    public static IEnumerable<Use> Of(Type type) => Members(type).SelectMany(Flatten).Distinct().Select(used => new Use(Outermost(type), used));

    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<MemberInfo?> Members(Type type)
    {
        IEnumerable<MemberInfo?> found = [type.BaseType, .. type.GetInterfaces(), .. Attributes(type), .. Constraints(type.GetGenericArguments())];
        foreach (var field in type.GetFields(Declared))
            found = found.Append(field.FieldType).Concat(Attributes(field));
        foreach (var method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
            found = found.Concat(OfMethod(method));
        return found;
    }

    private static IEnumerable<MemberInfo?> OfMethod(MethodBase method)
    {
        foreach (var parameter in method.GetParameters())
            yield return parameter.ParameterType;
        foreach (var attribute in Attributes(method))
            yield return attribute;
        if (method is MethodInfo { ReturnType: var result })
            yield return result;
        if (method.IsGenericMethod)
            foreach (var constraint in Constraints(method.GetGenericArguments()))
                yield return constraint;
        if (method.GetMethodBody() is not { } body)
            yield break;
        foreach (var local in body.LocalVariables)
            yield return local.LocalType;
        foreach (var clause in body.ExceptionHandlingClauses)
            if (clause.Flags == ExceptionHandlingClauseOptions.Clause)
                yield return clause.CatchType;
        foreach (var token in Tokens(body.GetILAsByteArray()!))
            yield return method.Module.ResolveMember(token, method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);
    }

    private static IEnumerable<Type> Attributes(MemberInfo member) => member.CustomAttributes.Select(a => a.AttributeType);

    private static IEnumerable<Type> Constraints(Type[] parameters) => parameters.Where(p => p.IsGenericParameter).SelectMany(p => p.GetGenericParameterConstraints());

    /// <summary>A member with its declaring type; a type with its arguments and elements.</summary>
    private static IEnumerable<MemberInfo> Flatten(MemberInfo? member)
    {
        if (member is not Type type)
            return member is null ? [] : Flatten(member.DeclaringType).Prepend(member).Concat(member is MethodInfo { IsGenericMethod: true } call ? call.GetGenericArguments().SelectMany(Flatten) : []);
        if (type.HasElementType)
            return Flatten(type.GetElementType());
        if (type.IsGenericParameter || type.IsFunctionPointer)
            return [];
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Flatten).Prepend(type.GetGenericTypeDefinition()) : [type];
    }

    /// <summary>The metadata tokens of types, methods and fields in a method body.</summary>
    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? Codes[unchecked((short)(0xFE00 | il[at + 1]))] : Codes[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return BitConverter.ToInt32(il, at);
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
    }
}
