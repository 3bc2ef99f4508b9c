using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Cordon.Casework.Storage;

/// <summary>Lets <c>dotnet ef migrations add NAME --context SqliteCaseworkContext</c> find the model without a server.</summary>
internal sealed class DesignTimeSqlite : IDesignTimeDbContextFactory<SqliteCaseworkContext>
{
    public SqliteCaseworkContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteCaseworkContext>().UseSqlite("Data Source=design.db").Options);
}

/// <summary>The same for PostgreSQL; nothing connects.</summary>
internal sealed class DesignTimePostgres : IDesignTimeDbContextFactory<PostgresCaseworkContext>
{
    public PostgresCaseworkContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresCaseworkContext>().UseNpgsql("Host=localhost;Database=design").Options);
}
