using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cordon.Casework.Members;

/// <summary>A person as administrators see one.</summary>
/// <param name="Id">The id.</param>
/// <param name="UserName">The name to sign in with.</param>
/// <param name="DisplayName">The name colleagues see.</param>
/// <param name="Member">The member the person works for; absent for the joint office.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Disabled">Whether the person may not sign in.</param>
/// <param name="SecondStep">Whether a one-time code is asked for.</param>
public sealed record PersonView(Guid Id, string UserName, string DisplayName, MemberCode? Member, IReadOnlyList<string> Roles, bool Disabled, bool SecondStep);

/// <summary>
/// The façade of people. It writes Identity's rows itself, because a change of roles, its event and the new security
/// stamp that ends open sessions must commit together.
/// </summary>
/// <param name="store">The database.</param>
/// <param name="hashing">How dear a password hash is.</param>
public sealed class PeopleRegister(CaseworkStore store, IOptions<PasswordHasherOptions> hashing)
{
    private readonly PasswordHasher<Person> hasher = new(hashing);

    /// <summary>Adds a person.</summary>
    public Task<Outcome<Guid>> AddAsync(Actor actor, PersonFacts facts, CancellationToken cancel = default)
    {
        var hash = Hash(facts.Password);
        return store.ChangeAsync<Guid>(actor, change => AddAsync(change, facts, hash, cancel), cancel);
    }

    /// <summary>Everybody, by user name.</summary>
    public Task<List<PersonView>> ListAsync() => store.ReadAsync(async db =>
    {
        var people = await db.Users.AsNoTracking().Join(db.Set<PersonStanding>(), u => u.Id, s => s.Id, (u, s) => new { u, s }).OrderBy(p => p.u.NormalizedUserName).ToListAsync();
        return people.ConvertAll(p => new PersonView(p.u.Id, p.u.UserName!, p.u.DisplayName, p.s.Member, p.s.Roles, p.s.Disabled, p.u.TwoFactorEnabled));
    });

    /// <summary>Whether anybody can sign in at all.</summary>
    public Task<bool> AnyAsync() => store.ReadAsync(db => db.Users.AnyAsync());

    /// <summary>Sets a person's roles. Open sessions with the old ones end within seconds.</summary>
    public Task<Outcome<Guid>> SetRolesAsync(Actor actor, Guid id, IReadOnlyList<string> roles, CancellationToken cancel = default) =>
        ChangeAsync(actor, id, async (change, person, standing) =>
        {
            var member = standing.Member is { } code ? await change.Db.Set<Member>().FindAsync([code], cancel) : null;
            if (PersonRules.RolesFault(roles, member) is { } fault) return fault;
            if (!roles.Contains(Roles.Administrator) && await IsLastAdministratorAsync(change, standing, cancel)) return PersonRefusal.LastAdministrator;
            var wanted = roles.Distinct().Order(StringComparer.Ordinal).ToArray();
            if (wanted.SequenceEqual(standing.Roles)) return null;
            change.Record(standing, new PersonRolesSet(change.Now, [.. wanted]));
            await WriteRolesAsync(change, id, wanted, cancel);
            Unsettle(person);
            return null;
        }, cancel);

    /// <summary>Ends a person's access, or gives it back. Open sessions end within seconds.</summary>
    public Task<Outcome<Guid>> SetDisabledAsync(Actor actor, Guid id, bool disabled, CancellationToken cancel = default) =>
        ChangeAsync(actor, id, async (change, person, standing) =>
        {
            if (standing.Disabled == disabled) return null;
            if (disabled && await IsLastAdministratorAsync(change, standing, cancel)) return PersonRefusal.LastAdministrator;
            change.Record(standing, disabled ? new PersonDisabled(change.Now) : new PersonEnabled(change.Now));
            person.Disabled = disabled;
            Unsettle(person);
            return null;
        }, cancel);

    /// <summary>Sets a password and takes away the second step, for one who has lost either.</summary>
    public Task<Outcome<Guid>> SetPasswordAsync(Actor actor, Guid id, string password, CancellationToken cancel = default)
    {
        var hash = Hash(password);
        return ChangeAsync(actor, id, async (change, person, standing) =>
        {
            if (PersonRules.PasswordFault(password, person.UserName!) is { } fault) return fault;
            change.Record(standing, new PersonPasswordSet(change.Now));
            (person.PasswordHash, person.TwoFactorEnabled, person.LockoutEnd, person.AccessFailedCount) = (hash, false, null, 0);
            // Whoever has the lost secret must not find it good when the second step is set up again.
            change.Db.RemoveRange(await change.Db.UserTokens.Where(t => t.UserId == id).ToListAsync(cancel));
            Unsettle(person);
            return null;
        }, cancel);
    }

    internal string Hash(string password) => hasher.HashPassword(new Person(), password);

    internal static async Task<Outcome<Guid>> AddAsync(Change change, PersonFacts facts, string hash, CancellationToken cancel)
    {
        var member = facts.Member is { } code ? await change.Db.Set<Member>().FindAsync([code], cancel) : null;
        if (PersonRules.Fault(facts, member) is { } fault) return fault;
        var normal = facts.UserName.ToUpperInvariant();
        if (await change.Db.Users.AnyAsync(u => u.NormalizedUserName == normal, cancel)) return PersonRefusal.NameTaken;
        var person = new Person
        {
            Id = change.NewId(),
            UserName = facts.UserName,
            NormalizedUserName = normal,
            DisplayName = facts.DisplayName.Trim(),
            Member = facts.Member,
            PasswordHash = hash,
            LockoutEnabled = true,
        };
        Unsettle(person);
        var standing = new PersonStanding();
        var roles = facts.Roles.Distinct().Order(StringComparer.Ordinal).ToArray();
        change.Record(standing, new PersonAdded(change.Now, person.Id, facts.UserName, person.DisplayName, facts.Member, [.. roles]));
        change.Db.Add(person);
        change.Db.Add(standing);
        await WriteRolesAsync(change, person.Id, roles, cancel);
        return person.Id;
    }

    private Task<Outcome<Guid>> ChangeAsync(Actor actor, Guid id, Func<Change, Person, PersonStanding, Task<Refusal?>> work, CancellationToken cancel) =>
        store.ChangeAsync<Guid>(actor, async change =>
        {
            var person = await change.Db.Users.SingleOrDefaultAsync(u => u.Id == id, cancel);
            var standing = await change.Db.Set<PersonStanding>().SingleOrDefaultAsync(s => s.Id == id, cancel);
            if (person is null || standing is null) return PersonRefusal.NotFound;
            return await work(change, person, standing) is { } refusal ? refusal : id;
        }, cancel);

    private static async Task<bool> IsLastAdministratorAsync(Change change, PersonStanding standing, CancellationToken cancel)
    {
        if (!standing.Roles.Contains(Roles.Administrator)) return false;
        var others = await change.Db.Set<PersonStanding>().AsNoTracking().Where(s => s.Id != standing.Id && !s.Disabled).ToListAsync(cancel);
        return !others.Exists(s => s.Roles.Contains(Roles.Administrator));
    }

    private static async Task WriteRolesAsync(Change change, Guid person, string[] roles, CancellationToken cancel)
    {
        var held = await change.Db.UserRoles.Where(r => r.UserId == person).ToListAsync(cancel);
        change.Db.RemoveRange(held.Where(h => !roles.Any(r => RoleTable.Id(r) == h.RoleId)));
        change.Db.AddRange(roles.Where(r => !held.Exists(h => h.RoleId == RoleTable.Id(r)))
            .Select(r => new IdentityUserRole<Guid> { UserId = person, RoleId = RoleTable.Id(r) }));
    }

    // A session whose stamp is not the person's present one is refused; see SecurityStampValidator.
    private static void Unsettle(Person person)
    {
        person.SecurityStamp = Secrets.NewText();
        person.ConcurrencyStamp = Secrets.NewText();
    }
}
