using Lowdose.Records.Clinic;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Records;

/// <summary>From the names of our members to the names of the columns, and from our types to what both databases keep.</summary>
internal static class Columns
{
    private static readonly ValueConverter<Instant, string> InstantText = new(at => InstantPattern.ExtendedIso.Format(at), text => InstantPattern.ExtendedIso.Parse(text).Value);
    private static readonly ValueConverter<Role, string> RoleText = new(role => Word(role), text => Enum.Parse<Role>(text, true));
    private static readonly ValueConverter<May, string> MayText = new(may => Word(may), text => Enum.Parse<May>(text, true));
    private static readonly ValueConverter<IReadOnlyList<Role>, string> RolesText = new(
        roles => string.Join(',', roles.Select(role => Word(role))), text => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(role => Enum.Parse<Role>(role, true)).ToArray());

    /// <summary>Maps every member that can be set to the column of its name in snake case.</summary>
    public static void InTable<T>(this EntityTypeBuilder<T> row, string table)
        where T : class
    {
        Microsoft.EntityFrameworkCore.RelationalEntityTypeBuilderExtensions.ToTable(row, table);
        foreach (var member in typeof(T).GetProperties().Where(p => p.CanWrite))
        {
            var column = row.Property(member.PropertyType, member.Name);
            Microsoft.EntityFrameworkCore.RelationalPropertyBuilderExtensions.HasColumnName(column, Snake(member.Name));
            var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            if (type == typeof(Instant)) column.HasConversion(InstantText);
            if (type == typeof(Role)) column.HasConversion(RoleText);
            if (type == typeof(May)) column.HasConversion(MayText);
            if (type == typeof(IReadOnlyList<Role>)) column.HasConversion(RolesText);
        }
    }

    /// <summary>An enum's name as the tables write it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Snake(string name) => string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));
}
