using Microsoft.EntityFrameworkCore;

namespace Lowdose.Records;

/// <summary>The tables, as <c>Schema/</c> makes them; the model itself knows no particular database.</summary>
internal sealed class RecordsContext(DbContextOptions<RecordsContext> options) : DbContext(options)
{
    public DbSet<PersonRow> People => Set<PersonRow>();

    public DbSet<WriteRow> Writes => Set<WriteRow>();

    public DbSet<KeyRow> Keys => Set<KeyRow>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<PersonRow>(person =>
        {
            person.InTable("people");
            person.HasKey(p => p.Id);
        });
        model.Entity<WriteRow>(write =>
        {
            write.InTable("writes");
            write.HasKey(w => w.Sequence);
            write.Property(w => w.Sequence).ValueGeneratedOnAdd();
            write.HasOne<PersonRow>().WithMany().HasForeignKey(w => w.Person);
        });
        model.Entity<KeyRow>(key =>
        {
            key.InTable("keys");
            key.HasKey(k => k.Person);
            key.HasOne<PersonRow>().WithMany().HasForeignKey(k => k.Person);
        });
        model.ApplyConfigurationsFromAssembly(typeof(RecordsContext).Assembly);
    }
}
