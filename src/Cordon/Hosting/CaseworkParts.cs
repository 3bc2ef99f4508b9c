using Cordon.Casework.Appeals;
using Cordon.Casework.Audit;
using Cordon.Casework.Cases;
using Cordon.Casework.Conferences;
using Cordon.Casework.Controls;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Documents;
using Cordon.Casework.Duties;
using Cordon.Casework.Evaluations;
using Cordon.Casework.Findings;
using Cordon.Casework.Indicators;
using Cordon.Casework.Leads;
using Cordon.Casework.Lists;
using Cordon.Casework.Objectives;
using Cordon.Casework.Orders;
using Cordon.Casework.Questions;
using Cordon.Casework.Rectifications;
using Cordon.Casework.Registers;
using Cordon.Casework.Reports;
using Cordon.Casework.Restitution;
using Cordon.Casework.Restrictions;
using Cordon.Casework.Rulebooks;
using Cordon.Casework.Series;
using Cordon.Casework.Storage;
using Cordon.Casework.Warnings;
using Cordon.Journal;

namespace Cordon.Hosting;

/// <summary>The parts of casework, as a server and a command over its data folder both need them.</summary>
internal static class CaseworkParts
{
    /// <summary>Adds casework over an engine; nothing runs by itself yet.</summary>
    public static IServiceCollection AddCaseworkParts(this IServiceCollection services, HostOptions options, Func<IServiceProvider, JournaledEngine> engine)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Time);
        services.AddSingleton(options.Ids);
        services.AddSingleton(engine);
        services.AddSingleton(_ => LoadDuties(options.DutyPack));
        services.AddStorage(new StorageOptions { SqliteFile = options.Database, Postgres = options.Postgres });
        services.AddOrders(options.CompetenceFile, options.OrderClockFile);
        services.AddRestrictions(options.RestrictionFile);
        services.AddAppeals(new AppealOptions { NoticeFile = options.NoticeFile, FontFile = options.NoticeFont });
        services.AddSingleton(new DocumentPrinter(options.NoticeFont));
        services.AddDeliveries();
        services.AddSingleton<FindingDesk>();
        services.AddCases(options.EvidenceFolder);
        services.AddQuestions();
        services.AddLeads(options.LeadFile);
        services.AddSeries();
        services.AddLists();
        services.AddIndicators();
        services.AddWarnings(new WarningOptions { PlanFile = options.WarningFile, OutgoingFolder = options.OutgoingFolder });
        services.AddControls(options.ControlFile);
        services.AddRestitution(options.CalendarFile);
        services.AddRectifications(options.LadderFile);
        services.AddEvaluations(options.EvaluationFile);
        services.AddObjectives(options.ObjectiveFile);
        services.AddConferences(options.ConferenceFile);
        services.AddReports(options.FraudTypeFile);
        services.AddRulebooks(new RulebookOptions { Folder = options.RulebookFolder, Shipped = options.ShippedRulebook });
        services.AddRegisters();
        services.AddAudit(new AuditOptions { Origin = options.AuditOrigin, KeyFile = options.AuditKeyFile ?? Path.Combine(options.KeyFolder, "audit.key") });
        return services;
    }

    /// <summary>Opens casework without a server: for a command that has the data folder to itself.</summary>
    public static async Task<ServiceProvider> OpenAsync(HostOptions options, JournaledEngine engine, CancellationToken cancel)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        var casework = services.AddCaseworkParts(options, _ => engine).BuildServiceProvider();
        // The key is there before the first event: whoever kills the process can still verify what it left.
        casework.GetRequiredService<AuditKey>();
        await using var db = casework.GetRequiredService<Func<CaseworkContext>>()();
        await db.MigrateAsync(cancel);
        return casework;
    }

    /// <summary>Empties the outbox, follows the journal to its end and then every open case.</summary>
    public static async Task CatchUpAsync(IServiceProvider casework, CancellationToken cancel)
    {
        var (outbox, follower) = (casework.GetRequiredService<Outbox>(), casework.GetRequiredService<JournalFollower>());
        while (await outbox.StepAsync(cancel) > 0 || await follower.StepAsync(cancel) > 0)
        {
            // Until both have nothing left: what one does can give the other work.
        }
        await casework.GetRequiredService<CaseDesk>().FollowOpenAsync(cancel);
    }

    private static DutyPack LoadDuties(string path)
    {
        var reading = DutyPack.Load(path);
        return reading.Pack ?? throw new InvalidDataException($"{path} is no pack of duties:\n{string.Join('\n', reading.Faults)}");
    }
}
