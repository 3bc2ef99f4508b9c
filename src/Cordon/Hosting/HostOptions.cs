using System.Collections.Immutable;
using System.Net;
using Cordon.Casework;
using Cordon.Gateways.Events;
using Cordon.Gateways.Intake;
using Cordon.Journal;
using Cordon.Screening;

namespace Cordon.Hosting;

/// <summary>What a server is made of; validated when it is built.</summary>
internal sealed record HostOptions
{
    /// <summary>Where state lives; the caller holds its lock.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where the keys live: those of cookies, of the audit log, of tokens. Not inside <see cref="DataFolder"/>.</summary>
    public required string KeyFolder { get; init; }

    /// <summary>A PostgreSQL connection string; null for SQLite in <see cref="DataFolder"/>.</summary>
    public string? Postgres { get; init; }

    /// <summary>Where it answers. Port 0 takes a free one.</summary>
    public Uri Address { get; init; } = new("http://127.0.0.1:5080");

    /// <summary>Whether the operator said that an address other than loopback is meant, over plain HTTP behind a proxy that ends TLS.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>Where that proxy may be besides this machine: only its headers are believed.</summary>
    public ImmutableArray<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Whether this is the demo: its people sign in without a password.</summary>
    public bool Demo { get; init; }

    /// <summary>Lets commands of this machine's user in; see the lock file. Null for none.</summary>
    public string? OperatorToken { get; init; }

    /// <summary>What the door knows: with keys it replaces identity numbers by tokens, without it takes tokens only.</summary>
    public Door Door { get; init; } = new(Keys: null);

    /// <summary>How the journal is kept.</summary>
    public JournalOptions Journal { get; init; } = JournalOptions.Default;

    /// <summary>How much screening takes on.</summary>
    public ScreeningOptions Screening { get; init; } = new();

    /// <summary>Told while the journal is read at the start.</summary>
    public IProgress<JournalProgress>? JournalProgress { get; init; }

    /// <summary>The pack of duties: a folder, or a file.</summary>
    public string DutyPack { get; init; } = DutiesOf("cn");

    /// <summary>How duties are measured over time: beside the pack of duties. Where it is not there, nothing is.</summary>
    public string ControlFile => BesideDuties("controls.yaml");

    /// <summary>The schemes by which members are evaluated: beside the pack of duties. Where it is not there, nobody is.</summary>
    public string EvaluationFile => BesideDuties("evaluation.yaml");

    /// <summary>The file of working days.</summary>
    public string CalendarFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "packs", "cn", "calendar.yaml");

    /// <summary>The file of the ladder and of the terms of rectifications; null for a jurisdiction without one.</summary>
    public string? LadderFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "packs", "cn", "ladder.yaml");

    /// <summary>The table of who may give which order.</summary>
    public string CompetenceFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "packs", "cn", "competence.yaml");

    /// <summary>The file of the times that bind orders.</summary>
    public string OrderClockFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "packs", "cn", "order-clocks.yaml");

    /// <summary>The file of what people are told whom an order hits.</summary>
    public string NoticeFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "packs", "cn", "notices.yaml");

    /// <summary>Who is warned of what: beside the pack of duties. Where it is not there, nobody is.</summary>
    public string WarningFile => Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(DutyPack)))!, "warnings.yaml");

    /// <summary>Where messages to likely victims go: a file a day.</summary>
    public string OutgoingFolder => Path.Combine(DataFolder, "outgoing");

    /// <summary>A font that shows Chinese, for the PDFs of notices; null for one that the system's packages bring.</summary>
    public string? NoticeFont { get; init; }

    /// <summary>The file of the tree of fraud types.</summary>
    public string FraudTypeFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "packs", "cn", "fraud-types.yaml");

    /// <summary>The file of the audit log's signing key; null for <c>audit.key</c> in <see cref="KeyFolder"/>.</summary>
    public string? AuditKeyFile { get; init; }

    /// <summary>The name of the audit log, in every checkpoint.</summary>
    public string AuditOrigin { get; init; } = "cordon.local/audit";

    /// <summary>What webhooks to members may reach.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>The clock of all casework and sessions.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where ids and salts come from.</summary>
    public IIdSource Ids { get; init; } = new RandomIds();

    /// <summary>Whether casework follows the journal and the clocks by itself; off where a play drives them step by step.</summary>
    public bool Follows { get; init; } = true;

    /// <summary>The least grave of the messages that are logged.</summary>
    public LogLevel Log { get; init; } = LogLevel.Warning;

    /// <summary>The SQLite file.</summary>
    public string Database => Path.Combine(DataFolder, "cordon.db");

    /// <summary>Where the bytes of evidence lie, by their hashes.</summary>
    public string EvidenceFolder => Path.Combine(DataFolder, "evidence");

    /// <summary>Whether it answers on this machine only.</summary>
    public bool IsLoopback => Address.IsLoopback;

    /// <summary>The folder of the journal.</summary>
    public string JournalFolder => Path.Combine(DataFolder, "journal");

    /// <summary>Where rulebooks are kept by the hashes of their content.</summary>
    public string RulebookFolder => Path.Combine(DataFolder, "rulebooks");

    /// <summary>The rulebook that comes with the program.</summary>
    public string ShippedRulebook { get; init; } = DefaultRulebook;

    /// <summary>Where the program's own rulebook lies.</summary>
    public static string DefaultRulebook => Path.Combine(AppContext.BaseDirectory, "packs", "cn", "rulebook");

    /// <summary>Where the duties of a jurisdiction lie that come with the program.</summary>
    public static string DutiesOf(string jurisdiction) => Path.Combine(AppContext.BaseDirectory, "packs", jurisdiction, "duties");

    /// <summary>The kinds and clocks of leads that come with the pack: beside the pack of duties.</summary>
    public string LeadFile => BesideDuties("leads.yaml");

    /// <summary>The rules of conferences that come with the pack: beside the pack of duties.</summary>
    public string ConferenceFile => BesideDuties("conference.yaml");

    /// <summary>How people who sold lines and accounts are restricted: beside the pack of duties. Where it is not there, nobody is.</summary>
    public string RestrictionFile => BesideDuties("restrictions.yaml");

    /// <summary>The plan of objectives that comes with the pack: beside the pack of duties.</summary>
    public string ObjectiveFile => BesideDuties("objectives.yaml");

    private string BesideDuties(string file) => Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(DutyPack)))!, file);

    /// <summary>What is wrong with the options; null where nothing is.</summary>
    public string? Fault()
    {
        if (Address.Scheme != "http") return "The address is an http address; TLS ends at a proxy before Cordon.";
        if (!IsLoopback && !BehindProxy) return $"{Address} is not this machine alone. Say --behind-proxy if a proxy that ends TLS stands before it.";
        if (!IsLoopback && Demo) return "The demo answers on this machine alone: its people need no password.";
        if (Door.Keys is { IsDemo: true } && !Demo) return "The fixed key of the demo is known to everybody; a server for real people refuses it.";
        var keys = Path.TrimEndingDirectorySeparator(Path.GetFullPath(KeyFolder)) + Path.DirectorySeparatorChar;
        var data = Path.TrimEndingDirectorySeparator(Path.GetFullPath(DataFolder)) + Path.DirectorySeparatorChar;
        return keys.StartsWith(data, StringComparison.Ordinal) && !Demo ? "Keys must not lie inside the data folder: together they undo what the keys protect." : null;
    }
}
