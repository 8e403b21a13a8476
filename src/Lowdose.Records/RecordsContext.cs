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
            person.ToTable("people").HasKey(p => p.Id);
            person.Property(p => p.Id).HasColumnName("id");
            person.Property(p => p.CreatedAt).HasColumnName("created_at");
            person.Property(p => p.Organisation).HasColumnName("organisation");
        });
        model.Entity<WriteRow>(write =>
        {
            write.ToTable("writes").HasKey(w => w.Sequence);
            write.Property(w => w.Sequence).HasColumnName("sequence").ValueGeneratedOnAdd();
            write.Property(w => w.Id).HasColumnName("id");
            write.Property(w => w.Person).HasColumnName("person");
            write.Property(w => w.Subject).HasColumnName("subject");
            write.Property(w => w.Base).HasColumnName("base");
            write.Property(w => w.WrittenAt).HasColumnName("written_at");
            write.Property(w => w.Zone).HasColumnName("zone");
            write.Property(w => w.Actor).HasColumnName("actor");
            write.Property(w => w.ReceivedAt).HasColumnName("received_at");
            write.Property(w => w.State).HasColumnName("state");
            write.Property(w => w.Content).HasColumnName("content");
            write.HasOne<PersonRow>().WithMany().HasForeignKey(w => w.Person);
        });
        model.Entity<KeyRow>(key =>
        {
            key.ToTable("keys").HasKey(k => k.Person);
            key.Property(k => k.Person).HasColumnName("person");
            key.Property(k => k.Derivation).HasColumnName("derivation");
            key.Property(k => k.Rounds).HasColumnName("rounds");
            key.Property(k => k.Salt).HasColumnName("salt");
            key.Property(k => k.Wrapped).HasColumnName("wrapped");
            key.HasOne<PersonRow>().WithMany().HasForeignKey(k => k.Person);
        });
        model.ApplyConfigurationsFromAssembly(typeof(RecordsContext).Assembly);
    }
}
