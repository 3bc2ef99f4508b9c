using Cordon.Casework.Answers;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Members;

/// <summary>The people of the API: who may sign in and as what.</summary>
internal static class PeopleEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var people = api.MapGroup("/people").WithTags("People");
        people.MapGet("/", ListAsync).WithName("people.list").WithSummary("Everybody who may sign in, by user name.");
        people.MapPost("/", AddAsync).WithName("people.add").WithSummary("Adds a person. The user name makes a repeat recognisable.");
        people.MapPut("/{id:guid}/roles", SetRolesAsync).WithName("people.set-roles").WithSummary("Sets all roles of a person; open sessions with the old ones end within seconds.");
        people.MapPost("/{id:guid}/disable", DisableAsync).WithName("people.disable").WithSummary("Ends a person's access; open sessions end within seconds.");
        people.MapPost("/{id:guid}/enable", EnableAsync).WithName("people.enable").WithSummary("Gives a person access again.");
        people.MapPost("/{id:guid}/password", SetPasswordAsync).WithName("people.set-password").WithSummary("Sets a password and takes the second step away, for one who lost either.");
    }

    private static async Task<Results<Ok<Page<PersonView>>, Refused>> ListAsync(PeopleRegister people, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var after) is { } fault) return new Refused(fault);
        var rows = (await people.ListAsync()).OrderBy(p => p.UserName, StringComparer.Ordinal)
            .Where(p => after is null || string.CompareOrdinal(p.UserName, after) > 0).Take(take + 1).ToList();
        return TypedResults.Ok(rows.Page(take, p => p.UserName, p => p));
    }

    private static async Task<Results<Ok<PersonAnswer>, Refused>> AddAsync(Caller caller, PeopleRegister people, PersonForm form, CancellationToken cancel) =>
        (await people.AddAsync(caller.Actor, new PersonFacts(form.UserName, form.DisplayName, form.Member, form.Roles, form.Password), cancel)).Answer(id => new PersonAnswer(id));

    private static async Task<Results<Ok<PersonAnswer>, Refused>> SetRolesAsync(Caller caller, PeopleRegister people, Guid id, RolesForm form, CancellationToken cancel) =>
        (await people.SetRolesAsync(caller.Actor, id, form.Roles, cancel)).Answer(done => new PersonAnswer(done));

    private static async Task<Results<Ok<PersonAnswer>, Refused>> DisableAsync(Caller caller, PeopleRegister people, Guid id, CancellationToken cancel) =>
        (await people.SetDisabledAsync(caller.Actor, id, disabled: true, cancel)).Answer(done => new PersonAnswer(done));

    private static async Task<Results<Ok<PersonAnswer>, Refused>> EnableAsync(Caller caller, PeopleRegister people, Guid id, CancellationToken cancel) =>
        (await people.SetDisabledAsync(caller.Actor, id, disabled: false, cancel)).Answer(done => new PersonAnswer(done));

    private static async Task<Results<Ok<PersonAnswer>, Refused>> SetPasswordAsync(Caller caller, PeopleRegister people, Guid id, PasswordForm form, CancellationToken cancel) =>
        (await people.SetPasswordAsync(caller.Actor, id, form.Password, cancel)).Answer(done => new PersonAnswer(done));

    /// <param name="UserName">The name to sign in with.</param>
    /// <param name="DisplayName">The name colleagues see.</param>
    /// <param name="Roles">At least one role.</param>
    /// <param name="Password">12 to 256 characters.</param>
    /// <param name="Member">The member the person works for; absent for the joint office.</param>
    internal sealed record PersonForm(string UserName, string DisplayName, IReadOnlyList<string> Roles, string Password, MemberCode? Member = null);

    /// <param name="Roles">All roles from now on.</param>
    internal sealed record RolesForm(IReadOnlyList<string> Roles);

    /// <param name="Password">12 to 256 characters.</param>
    internal sealed record PasswordForm(string Password);

    /// <param name="Id">The person's id.</param>
    internal sealed record PersonAnswer(Guid Id);
}
