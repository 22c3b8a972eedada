// Made by build/commands/cloud-types.mjs from the description of NDI Cloud. Not edited by hand.

export interface paths {
  '/auth/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['login'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['logout'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/confirmation/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['resendConfirmation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['verifyUser'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['changePassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/password/forgot': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['forgotPassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/password/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['confirmPassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['createUser'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['getCurrentUser'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{userId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        userId: components['parameters']['UserId'];
      };
      cookie?: never;
    };
    get: operations['getUser'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me/matlab-license': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['getMatlabLicense'];
    put: operations['setMatlabLicense'];
    post: operations['allocateMatlabLicenseMac'];
    delete: operations['clearMatlabLicense'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/organizations/{organizationId}/datasets': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        organizationId: components['parameters']['OrganizationId'];
      };
      cookie?: never;
    };
    get: operations['listOrganizationDatasets'];
    put?: never;
    post: operations['createDataset'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/published': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['listPublished'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/unpublished': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['listUnpublished'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/deleted': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['listDeletedDatasets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/search': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['searchDatasets'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/documents/search': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['searchDocuments'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/user/{userId}/bookmarks': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        userId: components['parameters']['UserId'];
      };
      cookie?: never;
    };
    get: operations['listBookmarks'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get: operations['getDataset'];
    put?: never;
    post: operations['updateDataset'];
    delete: operations['deleteDataset'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/undelete': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['undeleteDataset'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/submit': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['submitDataset'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/publish': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['publishDataset'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/unpublish': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['unpublishDataset'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/branch': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['createBranch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/branches': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get: operations['listBranches'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/bookmark': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['addBookmark'];
    delete: operations['removeBookmark'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/document-count': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get: operations['countDocuments'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/document-class-counts': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get: operations['documentClassCounts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/documents': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get: operations['listDocuments'];
    put?: never;
    post: operations['addDocument'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/documents/deleted': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get: operations['listDeletedDocuments'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/documents/bulk-upload': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['bulkUploadUrl'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/documents/bulk-download': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['bulkDownloadUrl'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/documents/bulk-delete': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['bulkDeleteDocuments'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/documents/bulk-fetch': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['bulkFetchDocuments'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/documents/{documentId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        documentId: components['parameters']['DocumentId'];
      };
      cookie?: never;
    };
    get: operations['getDocument'];
    put?: never;
    post: operations['updateDocument'];
    delete: operations['deleteDocument'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/documents/{documentId}/signed-url-set': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        documentId: components['parameters']['DocumentId'];
      };
      cookie?: never;
    };
    get: operations['signedUrlSet'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/ndi-documents/{ndiId}/signed-url-set': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        ndiId: components['parameters']['NdiId'];
      };
      cookie?: never;
    };
    get: operations['signedUrlSetByNdiId'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/documents/{documentId}/signed-url-set-jobs': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        documentId: components['parameters']['DocumentId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['startSignedUrlSetJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/ndi-documents/{ndiId}/signed-url-set-jobs': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        ndiId: components['parameters']['NdiId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['startSignedUrlSetJobByNdiId'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/signed-url-set-jobs/{jobId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        jobId: components['parameters']['JobId'];
      };
      cookie?: never;
    };
    get: operations['getSignedUrlSetJob'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ndiquery': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['ndiQuery'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{organizationId}/{datasetId}/files/{fileUid}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        organizationId: components['parameters']['OrganizationId'];
        datasetId: components['parameters']['DatasetId'];
        fileUid: components['parameters']['FileUid'];
      };
      cookie?: never;
    };
    get: operations['fileUploadUrl'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{organizationId}/{datasetId}/files/bulk': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        organizationId: components['parameters']['OrganizationId'];
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get: operations['fileCollectionUploadUrl'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/files': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get: operations['listFiles'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/files/{fileUid}/detail': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        fileUid: components['parameters']['FileUid'];
      };
      cookie?: never;
    };
    get: operations['fileDetail'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/bulk-uploads': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get: operations['listBulkUploads'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/bulk-uploads/{jobId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        jobId: components['parameters']['JobId'];
      };
      cookie?: never;
    };
    get: operations['getBulkUpload'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/datasets/{datasetId}/file-tier-jobs': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['startFileTierJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/file-tier-jobs/{jobId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        jobId: components['parameters']['JobId'];
      };
      cookie?: never;
    };
    get: operations['getFileTierJob'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/compute/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['startCompute'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/compute': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get: operations['listCompute'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/compute/{sessionId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        sessionId: components['parameters']['SessionId'];
      };
      cookie?: never;
    };
    get: operations['getCompute'];
    put?: never;
    post?: never;
    delete: operations['abortCompute'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/compute/{sessionId}/stage/{stageId}': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        sessionId: components['parameters']['SessionId'];
        stageId: string;
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['triggerStage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/compute/{sessionId}/advance': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        sessionId: components['parameters']['SessionId'];
      };
      cookie?: never;
    };
    get?: never;
    put?: never;
    post: operations['advanceCompute'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/_s3/{bucket}/{key}': {
    parameters: {
      query: {
        'X-Amz-Date': string;
        'X-Amz-Expires': number;
        'X-Amz-Signature': string;
      };
      header?: never;
      path: {
        bucket: string;
        key: string;
      };
      cookie?: never;
    };
    get: operations['getObject'];
    put: operations['putObject'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    ObjectId: string;
    NdiId: string;
    /** @default 7d */
    When: string;
    /** @enum {string} */
    StorageTier: 'STANDARD' | 'STANDARD_IA' | 'GLACIER_IR' | 'GLACIER' | 'DEEP_ARCHIVE' | 'PSEUDO_COLD';
    MessageBody: {
      message?: string;
    };
    Error: {
      message?:
        | string
        | {
            error?: string;
            message?: string;
          };
      error?: string | Record<string, unknown>;
      detail?: string;
      code?: string;
    };
    CognitoError: {
      code?: string;
      message?: string;
      errors?: unknown;
    };
    ComputeError: components['schemas']['Error'] & {
      code?: string;
      requiredRelease?: string;
    };
    Organization: {
      id: components['schemas']['ObjectId'];
      name?: string;
      canUploadDataset?: boolean;
    };
    User: {
      id: string;
      name?: string;
      /** Format: email */
      email: string;
      isValidated?: boolean;
      isAdmin?: boolean;
      bookmarkedDatasetIds?: string[];
      organizations?: components['schemas']['Organization'][] | components['schemas']['Organization'];
    };
    LoginResult: {
      token: string;
      /** @default 3600 */
      expiresIn?: number;
      user: components['schemas']['User'];
    };
    MatlabLicense: {
      /** @enum {string|null} */
      mode?: 'dedicated' | 'network' | '' | null;
      eniId?: string | null;
      macAddress?: string | null;
      subnetId?: string | null;
      registeredAt?: string | null;
      files?: unknown[];
      instructions?: string | null;
    };
    Person: {
      firstName?: string;
      lastName?: string;
      orcid?: string;
      /** @deprecated */
      orchid?: string;
      contact?: string;
    };
    DatasetMetadata: {
      name?: string;
      branchName?: string;
      abstract?: string;
      affiliation?: string;
      species?: string;
      brainRegions?: string;
      numberOfSubjects?: number;
      neurons?: number;
      license?: string;
      doi?: string;
      pubMedId?: string;
      contributors?: components['schemas']['Person'][];
      correspondingAuthors?: components['schemas']['Person'][];
      funding?: components['schemas']['Funding'][] | components['schemas']['Funding'];
      associatedPublications?: components['schemas']['Publication'][];
      isSubmitted?: boolean;
    };
    Funding: {
      source?: string;
    };
    Publication: {
      DOI?: string;
      title?: string;
      PMID?: string;
      PMCID?: string;
    };
    Progress: {
      total?: number;
      completed?: number;
      failed?: number;
    };
    FileRow: {
      uid: string;
      uploaded?: boolean;
      sourceDatasetId?: string;
      size?: number;
    };
    Dataset: components['schemas']['DatasetMetadata'] & {
      _id?: components['schemas']['ObjectId'];
      id?: components['schemas']['ObjectId'];
      organizationId?: components['schemas']['ObjectId'];
      branchOf?: string | null;
      totalSize?: number;
      documentCount?: number;
      fileCount?: number;
      documents?: unknown[];
      files?: components['schemas']['FileRow'][];
      isPublished?: boolean;
      isPublishing?: boolean;
      isUnpublishing?: boolean;
      isDeleted?: boolean;
      isSubscribed?: boolean;
      publishProgress?: components['schemas']['Progress'];
      unpublishProgress?: components['schemas']['Progress'];
      /** Format: date-time */
      createdAt?: string;
      /** Format: date-time */
      updatedAt?: string;
      /** Format: date-time */
      uploadedAt?: string;
    };
    DatasetCreated: {
      id: components['schemas']['ObjectId'];
    };
    DatasetRow: {
      id: components['schemas']['ObjectId'];
      name?: string;
      organizationId?: components['schemas']['ObjectId'];
      branchName?: string;
      branchOf?: string | null;
      /** Format: date-time */
      createdAt?: string;
      /** Format: date-time */
      updatedAt?: string;
      /** Format: date-time */
      uploadedAt?: string;
      isSubscribed?: boolean;
      isPublished?: boolean;
      isDeleted?: boolean;
      contributors?: components['schemas']['Person'][];
      correspondingAuthors?: components['schemas']['Person'][];
      doi?: string;
      funding?: components['schemas']['Funding'][];
      abstract?: string;
      license?: string;
      totalSize?: number;
      documentCount?: number;
      deleteCommandTime?: string | null;
      deleteOccurrenceTime?: string | null;
    };
    DatasetPage: {
      totalNumber?: number;
      page?: number;
      pageSize?: number;
      datasets: components['schemas']['DatasetRow'][];
    };
    NdiDocument: {
      document_class: {
        definition?: string;
        validation?: string;
        class_name?: string;
        property_list_name?: string;
        class_version?: unknown;
        superclasses?: unknown;
      };
      base: {
        id: components['schemas']['NdiId'];
        session_id: components['schemas']['NdiId'];
        name?: string;
        datestamp?: string;
      };
      depends_on?: unknown;
      files?: unknown;
    };
    StoredDocument: components['schemas']['NdiDocument'] & {
      id: components['schemas']['ObjectId'];
      filesTier?: {
        counts?: Record<string, unknown>;
        dominant?: string;
        notes?: unknown;
        updatedAt?: string;
      };
    };
    DocumentRow: {
      id: components['schemas']['ObjectId'];
      ndiId?: string;
      name?: string;
      className?: string;
      datasetId?: components['schemas']['ObjectId'];
    };
    FetchedDocument: components['schemas']['DocumentRow'] & {
      data: components['schemas']['NdiDocument'];
    };
    SearchClause: {
      field?: string;
      operation: string;
      param1?: unknown;
      param2?: unknown;
    };
    FileDetail: {
      uid?: string;
      /** Format: uri */
      downloadUrl?: string;
      size?: number;
      uploaded?: boolean;
    };
    BulkUploadJob: {
      jobId: string;
      datasetId?: components['schemas']['ObjectId'];
      /** @enum {string} */
      state: 'queued' | 'extracting' | 'complete' | 'failed';
      createdAt?: string;
      startedAt?: string | null;
      completedAt?: string | null;
      filesExtracted?: number | null;
      totalFiles?: number | null;
      error?: unknown;
    };
    SignedUrlSetJob: {
      jobId: string;
      datasetId?: components['schemas']['ObjectId'];
      documentId?: string;
      /** @enum {string} */
      state: 'queued' | 'running' | 'ready' | 'failed';
      createdAt?: string;
      startedAt?: string | null;
      completedAt?: string | null;
      heartbeatAt?: string | null;
      signedCount?: number;
      totalCount?: number;
      resultUrl?: string | null;
      resultByteSize?: number | null;
      expiresAt?: string | null;
      filesExpireAt?: string | null;
      error?: unknown;
    };
    FileTierJob: {
      jobId: string;
      datasetId?: components['schemas']['ObjectId'];
      /** @enum {string} */
      state: 'queued' | 'running' | 'completed' | 'failed' | 'superseded';
      targetTier?: components['schemas']['StorageTier'];
      fileCount?: number;
      filesDone?: number;
      filesFailed?: number;
      perPhaseCounts?: Record<string, unknown>;
      errors?: unknown[];
      createdAt?: string;
      updatedAt?: string;
    };
    ComputeSession: {
      sessionId?: string;
      id?: string;
      /** @enum {string} */
      status?: 'RUNNING' | 'COMPLETED' | 'ABORTED' | 'FAILED';
      currentStageId?: string | null;
      history?: {
        [key: string]: {
          status?: string;
          statusMessage?: string;
          awsResourceId?: string;
        };
      };
    };
  };
  responses: {
    Message: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['MessageBody'];
      };
    };
    User: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['User'];
      };
    };
    License: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['MatlabLicense'];
      };
    };
    DatasetList: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['DatasetPage'];
      };
    };
    DocumentList: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': {
          documents: components['schemas']['DocumentRow'][];
        };
      };
    };
    DocumentCreated: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': {
          id: components['schemas']['ObjectId'];
        };
      };
    };
    SignedUrl: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': {
          /** Format: uri */
          url: string;
        };
      };
    };
    SignedUrlWithJob: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': {
          /** Format: uri */
          url: string;
          jobId?: string;
        };
      };
    };
    SignedUrlSet: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': {
          datasetId?: components['schemas']['ObjectId'];
          documentId?: string;
          totalCount?: number;
          pageCount?: number;
          nextCursor?: string | null;
          /** Format: date-time */
          expiresAt?: string;
          files: {
            [key: string]: string;
          };
        };
      };
    };
    SignedUrlSetJobStarted: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': {
          jobId: string;
          datasetId?: components['schemas']['ObjectId'];
          documentId?: string;
          statusUrl?: string;
          pollAfterSec?: number;
        };
      };
    };
    FileTierJobStarted: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': {
          jobId: string;
          fileCount?: number;
          resolvedDocumentCount?: number;
          collateralDocumentIds?: string[];
        };
      };
    };
    Cognito: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['CognitoError'];
      };
    };
    BadRequest: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'];
      };
    };
    Unauthorized: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'];
      };
    };
    Forbidden: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'];
      };
    };
    NotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'];
      };
    };
    TooLarge: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'];
      };
    };
    CastError: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'text/plain': string;
        'application/json': components['schemas']['Error'];
      };
    };
    Fault: {
      headers: {
        'Retry-After'?: string;
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'];
        'text/plain': string;
      };
    };
    S3Error: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/xml': {
          Code?: string;
          Message?: string;
        };
      };
    };
  };
  parameters: {
    DatasetId: components['schemas']['ObjectId'];
    DocumentId: components['schemas']['ObjectId'];
    OrganizationId: components['schemas']['ObjectId'];
    UserId: string;
    NdiId: components['schemas']['NdiId'];
    FileUid: components['schemas']['NdiId'];
    JobId: string;
    SessionId: string;
    Page: number;
    PageSize20: number;
    PageSize1000: number;
    When: components['schemas']['When'];
    UrlSetLimit: number;
    Cursor: string;
    FileSeries: string;
  };
  requestBodies: {
    EmailOnly: {
      content: {
        'application/json': {
          /** Format: email */
          email: string;
        };
      };
    };
  };
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  login: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** Format: email */
          email: string;
          password: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LoginResult'];
        };
      };
      400: components['responses']['Cognito'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  logout: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Message'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  resendConfirmation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components['requestBodies']['EmailOnly'];
    responses: {
      200: components['responses']['Message'];
      201: components['responses']['Message'];
      400: components['responses']['Cognito'];
      default: components['responses']['Fault'];
    };
  };
  verifyUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** Format: email */
          email: string;
          confirmationCode: string;
        };
      };
    };
    responses: {
      200: components['responses']['Message'];
      201: components['responses']['Message'];
      400: components['responses']['Cognito'];
      default: components['responses']['Fault'];
    };
  };
  changePassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          oldPassword: string;
          newPassword: string;
        };
      };
    };
    responses: {
      200: components['responses']['Message'];
      201: components['responses']['Message'];
      400: components['responses']['Cognito'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  forgotPassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components['requestBodies']['EmailOnly'];
    responses: {
      200: components['responses']['Message'];
      201: components['responses']['Message'];
      400: components['responses']['Cognito'];
      default: components['responses']['Fault'];
    };
  };
  confirmPassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** Format: email */
          email: string;
          confirmationCode: string;
          newPassword: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageBody'] | components['schemas']['CognitoError'];
        };
      };
      400: components['responses']['Cognito'];
      default: components['responses']['Fault'];
    };
  };
  createUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** Format: email */
          email: string;
          name: string;
          password: string;
        };
      };
    };
    responses: {
      200: components['responses']['User'];
      201: components['responses']['User'];
      400: components['responses']['Cognito'];
      default: components['responses']['Fault'];
    };
  };
  getCurrentUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['User'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  getUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        userId: components['parameters']['UserId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['User'];
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  getMatlabLicense: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['License'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  setMatlabLicense: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json':
          | {
              networkLicenseFile: string;
            }
          | {
              dedicatedLicenseFile: string;
              release: string;
            };
      };
    };
    responses: {
      200: components['responses']['License'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  allocateMatlabLicenseMac: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['License'];
      201: components['responses']['License'];
      401: components['responses']['Unauthorized'];
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
      default: components['responses']['Fault'];
    };
  };
  clearMatlabLicense: {
    parameters: {
      query?: {
        release?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['License'];
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  listOrganizationDatasets: {
    parameters: {
      query?: {
        page?: components['parameters']['Page'];
        pageSize?: components['parameters']['PageSize20'];
      };
      header?: never;
      path: {
        organizationId: components['parameters']['OrganizationId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['DatasetList'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      default: components['responses']['Fault'];
    };
  };
  createDataset: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        organizationId: components['parameters']['OrganizationId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DatasetMetadata'] & Record<string, unknown>;
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DatasetCreated'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  listPublished: {
    parameters: {
      query?: {
        page?: components['parameters']['Page'];
        pageSize?: components['parameters']['PageSize20'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['DatasetList'];
      default: components['responses']['Fault'];
    };
  };
  listUnpublished: {
    parameters: {
      query?: {
        page?: components['parameters']['Page'];
        pageSize?: components['parameters']['PageSize20'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['DatasetList'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  listDeletedDatasets: {
    parameters: {
      query?: {
        page?: components['parameters']['Page'];
        pageSize?: components['parameters']['PageSize20'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['DatasetList'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  searchDatasets: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, unknown>;
      };
    };
    responses: {
      200: components['responses']['DatasetList'];
      default: components['responses']['Fault'];
    };
  };
  searchDocuments: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, unknown>;
      };
    };
    responses: {
      200: components['responses']['DocumentList'];
      default: components['responses']['Fault'];
    };
  };
  listBookmarks: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        userId: components['parameters']['UserId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['DatasetList'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  getDataset: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Dataset'];
        };
      };
      404: components['responses']['NotFound'];
      500: components['responses']['CastError'];
      default: components['responses']['Fault'];
    };
  };
  updateDataset: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DatasetMetadata'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, unknown>;
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  deleteDataset: {
    parameters: {
      query?: {
        when?: components['parameters']['When'];
      };
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Message'];
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  undeleteDataset: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Message'];
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  submitDataset: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Message'];
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  publishDataset: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Message'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  unpublishDataset: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Message'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  createBranch: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          branchName?: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DatasetCreated'];
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  listBranches: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json':
            | {
                branches: components['schemas']['DatasetRow'][];
              }
            | {
                datasets: components['schemas']['DatasetRow'][];
              }
            | components['schemas']['DatasetRow'][];
        };
      };
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  addBookmark: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Message'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  removeBookmark: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Message'];
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  countDocuments: {
    parameters: {
      query?: {
        includeDeleted?: boolean;
      };
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            datasetId?: components['schemas']['ObjectId'];
            count: number;
          };
        };
      };
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  documentClassCounts: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            datasetId: components['schemas']['ObjectId'];
            totalDocuments: number;
            classCounts: {
              [key: string]: number;
            };
          };
        };
      };
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  listDocuments: {
    parameters: {
      query?: {
        page?: components['parameters']['Page'];
        pageSize?: components['parameters']['PageSize1000'];
      };
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['DocumentList'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  addDocument: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NdiDocument'];
      };
    };
    responses: {
      200: components['responses']['DocumentCreated'];
      201: components['responses']['DocumentCreated'];
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      413: components['responses']['TooLarge'];
      default: components['responses']['Fault'];
    };
  };
  listDeletedDocuments: {
    parameters: {
      query?: {
        page?: components['parameters']['Page'];
        pageSize?: components['parameters']['PageSize20'];
      };
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['DocumentList'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  bulkUploadUrl: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['SignedUrl'];
      201: components['responses']['SignedUrl'];
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  bulkDownloadUrl: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          documentIds: string[];
        };
      };
    };
    responses: {
      200: components['responses']['SignedUrl'];
      201: components['responses']['SignedUrl'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  bulkDeleteDocuments: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          documentIds: components['schemas']['ObjectId'][];
          when?: components['schemas']['When'];
        };
      };
    };
    responses: {
      200: components['responses']['Message'];
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  bulkFetchDocuments: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          documentIds: components['schemas']['ObjectId'][];
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            documents: components['schemas']['FetchedDocument'][];
          };
        };
      };
      400: components['responses']['BadRequest'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  getDocument: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        documentId: components['parameters']['DocumentId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StoredDocument'];
        };
      };
      404: components['responses']['NotFound'];
      500: components['responses']['CastError'];
      default: components['responses']['Fault'];
    };
  };
  updateDocument: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        documentId: components['parameters']['DocumentId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NdiDocument'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, unknown>;
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  deleteDocument: {
    parameters: {
      query?: {
        when?: components['parameters']['When'];
      };
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        documentId: components['parameters']['DocumentId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Message'];
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      500: components['responses']['CastError'];
      default: components['responses']['Fault'];
    };
  };
  signedUrlSet: {
    parameters: {
      query?: {
        limit?: components['parameters']['UrlSetLimit'];
        cursor?: components['parameters']['Cursor'];
        fileSeries?: components['parameters']['FileSeries'];
      };
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        documentId: components['parameters']['DocumentId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['SignedUrlSet'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  signedUrlSetByNdiId: {
    parameters: {
      query?: {
        limit?: components['parameters']['UrlSetLimit'];
        cursor?: components['parameters']['Cursor'];
        fileSeries?: components['parameters']['FileSeries'];
      };
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        ndiId: components['parameters']['NdiId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['SignedUrlSet'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  startSignedUrlSetJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        documentId: components['parameters']['DocumentId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: components['responses']['SignedUrlSetJobStarted'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  startSignedUrlSetJobByNdiId: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        ndiId: components['parameters']['NdiId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: components['responses']['SignedUrlSetJobStarted'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  getSignedUrlSetJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        jobId: components['parameters']['JobId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignedUrlSetJob'];
        };
      };
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  ndiQuery: {
    parameters: {
      query?: {
        page?: components['parameters']['Page'];
        pageSize?: components['parameters']['PageSize20'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          scope: string;
          searchstructure: components['schemas']['SearchClause'][];
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            documents: components['schemas']['DocumentRow'][];
            number_matches?: number;
            totalItems?: number;
            page?: number;
            pageSize?: number;
          };
        };
      };
      400: components['responses']['BadRequest'];
      default: components['responses']['Fault'];
    };
  };
  fileUploadUrl: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        organizationId: components['parameters']['OrganizationId'];
        datasetId: components['parameters']['DatasetId'];
        fileUid: components['parameters']['FileUid'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['SignedUrl'];
      201: components['responses']['SignedUrl'];
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  fileCollectionUploadUrl: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        organizationId: components['parameters']['OrganizationId'];
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['SignedUrlWithJob'];
      201: components['responses']['SignedUrlWithJob'];
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  listFiles: {
    parameters: {
      query?: {
        limit?: number;
        after?: string;
      };
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            datasetId?: components['schemas']['ObjectId'];
            limit?: number;
            count?: number;
            cursor?: string | null;
            hasMore: boolean;
            totalNumber?: number;
            files: components['schemas']['FileRow'][];
          };
        };
      };
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  fileDetail: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
        fileUid: components['parameters']['FileUid'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FileDetail'];
        };
      };
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  listBulkUploads: {
    parameters: {
      query?: {
        state?: 'active' | 'all' | 'queued' | 'extracting' | 'complete' | 'failed';
      };
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            datasetId?: components['schemas']['ObjectId'];
            jobs: components['schemas']['BulkUploadJob'][];
          };
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  getBulkUpload: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        jobId: components['parameters']['JobId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkUploadJob'];
        };
      };
      401: components['responses']['Unauthorized'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  startFileTierJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        datasetId: components['parameters']['DatasetId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          targetTier: components['schemas']['StorageTier'];
          documentSelectors: {
            id: string;
            /** @enum {string} */
            kind?: 'cloud' | 'ndi';
          }[];
        };
      };
    };
    responses: {
      200: components['responses']['FileTierJobStarted'];
      202: components['responses']['FileTierJobStarted'];
      400: components['responses']['BadRequest'];
      default: components['responses']['Fault'];
    };
  };
  getFileTierJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        jobId: components['parameters']['JobId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FileTierJob'];
        };
      };
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  startCompute: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          pipelineId: string;
          inputParameters?: Record<string, unknown>;
        };
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            sessionId?: string;
            id?: string;
          };
        };
      };
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ComputeError'];
        };
      };
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  listCompute: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json':
            | components['schemas']['ComputeSession'][]
            | {
                sessions: components['schemas']['ComputeSession'][];
              };
        };
      };
      401: components['responses']['Unauthorized'];
      default: components['responses']['Fault'];
    };
  };
  getCompute: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        sessionId: components['parameters']['SessionId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ComputeSession'];
        };
      };
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  abortCompute: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        sessionId: components['parameters']['SessionId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  triggerStage: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        sessionId: components['parameters']['SessionId'];
        stageId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Message'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  advanceCompute: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        sessionId: components['parameters']['SessionId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Message'];
      404: components['responses']['NotFound'];
      default: components['responses']['Fault'];
    };
  };
  getObject: {
    parameters: {
      query: {
        'X-Amz-Date': string;
        'X-Amz-Expires': number;
        'X-Amz-Signature': string;
      };
      header?: {
        Range?: string;
      };
      path: {
        bucket: string;
        key: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/octet-stream': string;
        };
      };
      206: {
        headers: {
          'Content-Range'?: string;
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/octet-stream': string;
        };
      };
      403: components['responses']['S3Error'];
      404: components['responses']['S3Error'];
      416: components['responses']['S3Error'];
    };
  };
  putObject: {
    parameters: {
      query: {
        'X-Amz-Date': string;
        'X-Amz-Expires': number;
        'X-Amz-Signature': string;
      };
      header?: never;
      path: {
        bucket: string;
        key: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/octet-stream': string;
      };
    };
    responses: {
      200: {
        headers: {
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['S3Error'];
      403: components['responses']['S3Error'];
    };
  };
}
